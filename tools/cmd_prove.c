// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "budget.h"
#include "commands.h"
#include "known.h"
#include "mem.h"
#include "plan.h"
#include "proof.h"
#include "prove.h"
#include "report.h"
#include "status.h"
#include "trial.h"

static int read_known(const struct work *w, struct known *k)
{
	autofree char *path = xasprintf("%s/configs/known-issues", w->project.root);

	return known_read(k, path);
}

static size_t apply_known(const struct known *k, struct plan *p)
{
	time_t now = time(NULL);
	char today[16];

	strftime(today, sizeof(today), "%Y-%m-%d", gmtime(&now));
	return known_apply(k, p, today);
}

/* The last lines, and the exit status that goes with them. */
static int conclude(const struct plan *p, size_t wrong)
{
	struct tally t;

	report_count(p, &t);
	t.failed += wrong;
	if (t.left)
		printf("NOT PROVED %zu of %zu%s\n", t.left, p->n,
		       t.tips ? ", none of them a tip's" : "");
	printf("%zu passed, %zu failed, %zu skipped", t.passed, t.failed, t.skipped);
	if (t.flaky)
		printf(", %zu flaky", t.flaky);
	putchar('\n');
	if (t.failed)
		return ST_FAILED;
	return t.left ? ST_NOT_PROVED : ST_OK;
}

static int prove_plan(struct plan *p, struct store *st, const struct known *k,
		      const struct trials *t, double seconds)
{
	int stopped = prove_all(p, st, seconds);
	int err = prove_flakes(p, st);
	size_t wrong, untried;

	if (err)
		return err;
	wrong = apply_known(k, p);
	untried = trials_apply(t, p);
	report(p);
	if (untried)
		printf("%zu of %zu canaries not tried; `make canaries` tries them\n", untried, t->n);
	err = conclude(p, wrong);
	return stopped ? stopped : err;
}

static int prove(const struct work *w, struct store *st)
{
	const char *machines = getenv("MACHINES");
	struct known k = { 0 };
	struct subjects all;
	struct trials t = { 0 };
	struct plan p = { 0 };
	double seconds;
	int err;

	subjects_of(w, &all);
	err = budget(&seconds);
	if (!err)
		err = read_known(w, &k);
	if (!err)
		err = plan_make(&p, &all, machines, st);
	if (!err)
		err = trials_make(&t, w, st);
	if (!err)
		err = prove_plan(&p, st, &k, &t, seconds);
	trials_free(&t);
	plan_free(&p);
	known_free(&k);
	subjects_free(&all);
	return err;
}

int cmd_prove(const char *root, char **args)
{
	struct proof p;
	int err;

	err = proof_open(&p, root);
	if (!err)
		err = prove(&p.work, p.store);
	proof_close(&p);
	return err;
}
