// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>

#include "commands.h"
#include "mem.h"
#include "proof.h"
#include "site.h"
#include "status.h"

static int write_plan(const struct work *w, struct store *st, struct plan *p)
{
	autofree char *index = site_index(&w->project);
	struct outcome o;
	int err = outcome_recall(&o, p, w, st);

	if (!err)
		err = site_write(w, &o);
	if (!err)
		printf("%s\n", index);
	outcome_free(&o);
	return err;
}

int cmd_report(const char *root, char **args)
{
	struct subjects all = { 0 };
	struct plan plan = { 0 };
	struct proof p;
	int err;

	err = proof_open(&p, root);
	if (!err) {
		subjects_of(&p.work, &all);
		err = plan_make(&plan, &all, NULL, p.store);
	}
	if (!err)
		err = write_plan(&p.work, p.store, &plan);
	plan_free(&plan);
	subjects_free(&all);
	proof_close(&p);
	return err;
}
