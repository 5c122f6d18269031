// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "budget.h"
#include "commands.h"
#include "proof.h"
#include "prove.h"
#include "report.h"
#include "status.h"

static int conclude(struct plan *p, struct store *st, const struct context *c)
{
	struct outcome o;
	int err = outcome_of(&o, p, c, st);

	if (!err) {
		report(&o);
		if (o.all.failed)
			err = ST_FAILED;
		else if (o.all.left)
			err = ST_NOT_PROVED;
	}
	outcome_free(&o);
	return err;
}

static int prove_plan(struct plan *p, struct store *st, const struct context *c,
		      double seconds)
{
	int stopped = prove_all(p, st, seconds);
	int err = conclude(p, st, c);

	return stopped ? stopped : err;
}

static int prove(const struct work *w, struct store *st)
{
	const char *machines = getenv("MACHINES");
	struct context c = { 0 };
	struct subjects all;
	struct plan p = { 0 };
	double seconds;
	int err;

	subjects_of(w, &all);
	err = budget(&seconds);
	if (!err)
		err = plan_make(&p, &all, machines, st);
	if (!err)
		err = context_read(&c, w, st);
	if (!err)
		err = prove_plan(&p, st, &c, seconds);
	context_free(&c);
	plan_free(&p);
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
