// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>

#include "commands.h"
#include "plan.h"
#include "prove.h"
#include "status.h"

static int budget(double *seconds)
{
	const char *given = getenv("BUDGET");
	char *end;

	*seconds = 0;
	if (!given || !*given)
		return ST_OK;
	*seconds = strtod(given, &end) * 60;
	if (*end || !(*seconds > 0))
		return fail(ST_USAGE, "BUDGET is \"%s\", not a number of minutes", given);
	return ST_OK;
}

/* The last lines, and the exit status that goes with them. */
static int conclude(const struct plan *p)
{
	struct tally t;

	prove_count(p, &t);
	if (t.left)
		printf("NOT PROVED %zu of %zu%s\n", t.left, p->n,
		       t.tips ? ", none of them a tip's" : "");
	printf("%zu passed, %zu failed, %zu skipped\n", t.passed, t.failed, t.skipped);
	if (t.failed)
		return ST_FAILED;
	return t.left ? ST_NOT_PROVED : ST_OK;
}

static int prove(const struct work *w, struct store *st)
{
	struct subjects all;
	struct plan p;
	double seconds;
	int err, stopped;

	subjects_of(w, &all);
	err = budget(&seconds);
	if (!err)
		err = plan_make(&p, &all, st);
	if (!err) {
		stopped = prove_all(&p, st, seconds);
		prove_report(&p);
		err = conclude(&p);
		err = stopped ? stopped : err;
		plan_free(&p);
	}
	subjects_free(&all);
	return err;
}

int cmd_prove(const char *root, char **args)
{
	struct store *st = NULL;
	struct work w;
	int err;

	err = work_open(&w, root);
	if (!err)
		err = work_all(&w);
	if (!err && !(err = store_open(&st, w.project.store)))
		err = prove(&w, st);
	store_close(st);
	work_close(&w);
	return err;
}
