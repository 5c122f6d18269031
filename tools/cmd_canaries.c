// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "budget.h"
#include "commands.h"
#include "mem.h"
#include "plain.h"
#include "progress.h"
#include "proof.h"
#include "run.h"
#include "status.h"
#include "trial.h"

static int run_one(struct trials *t, size_t i, struct store *st)
{
	struct trial *one = &t->trial[i];
	autofree char *step = xasprintf("[%zu/%zu] %s before %s", i + 1, t->n,
					one->subject.name, one->check->name);
	int err;

	progress_begin(step);
	err = trial_run(one, st);
	progress_end();
	return err;
}

static int run_all(struct trials *t, struct store *st, double seconds)
{
	int err = ST_OK;

	run_for(seconds);
	for (size_t i = 0; !err && i < t->n; i++) {
		if (t->trial[i].judged)
			continue;
		err = interrupted();
		if (!err)
			err = run_one(t, i, st);
	}
	return run_for_end(err);
}

static void print_one(const struct trial *t)
{
	const struct verdict *v = &t->verdict;

	printf("%-20s %-26s ", t->canary->name, t->check->name);
	if (!t->judged)
		printf("?\n");
	else if (v->kind == V_PASS)
		printf("found  %-8s %.1f s\n", t->canary->failure, v->seconds);
	else
		printf("MISSED\n");
	if (t->judged && v->kind != V_PASS)
		plain_lines(v->text);
}

static int report(const struct trials *t)
{
	size_t found = 0, missed = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct trial *one = &t->trial[i];

		print_one(one);
		found += one->judged && one->verdict.kind == V_PASS;
		missed += one->judged && one->verdict.kind != V_PASS;
	}
	printf("%zu found, %zu missed, %zu not tried\n", found, missed, t->n - found - missed);
	if (missed)
		return ST_FAILED;
	return found < t->n ? ST_NOT_PROVED : ST_OK;
}

static int canaries(const struct work *w, struct store *st)
{
	struct trials t = { 0 };
	double seconds;
	int stopped, err = budget(&seconds);

	if (!err)
		err = trials_make(&t, w, st);
	if (!err) {
		stopped = run_all(&t, st, seconds);
		err = report(&t);
		if (stopped)
			err = stopped;
	}
	trials_free(&t);
	return err;
}

int cmd_canaries(const char *root, char **args)
{
	struct proof p;
	int err;

	err = proof_open(&p, root);
	if (!err)
		err = canaries(&p.work, p.store);
	proof_close(&p);
	return err;
}
