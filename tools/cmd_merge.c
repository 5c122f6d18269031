// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>

#include "commands.h"
#include "merge.h"
#include "project.h"
#include "status.h"

static int merge_all(struct store *st, char **paths)
{
	struct merged m;
	int err = ST_OK;

	for (; !err && *paths; paths++) {
		err = merge_store(st, *paths, &m);
		if (!err)
			printf("%s: %zu verdicts, %zu taken\n", *paths, m.verdicts, m.taken);
	}
	return err;
}

static int merge_into(const char *path, char **paths)
{
	struct store *st;
	int err = store_open(&st, path);

	if (!err)
		err = merge_all(st, paths);
	store_close(st);
	return err;
}

int cmd_merge(const char *root, char **args)
{
	struct project p;
	int err;

	if (!args[0])
		return fail(ST_USAGE, "merge needs the stores of other machines: make merge STORES=\"<file>...\"");
	err = project_open(&p, root);
	if (!err)
		err = merge_into(p.store, args);
	project_close(&p);
	return err;
}
