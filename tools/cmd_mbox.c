// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "mbox.h"
#include "mem.h"
#include "status.h"
#include "work.h"

static int write_one(const struct work *w, const struct series *s)
{
	autofree char *path = mbox_path(&w->project, s->slug);
	int err;

	if (!s->files.n)
		return ST_OK;
	err = mbox_write(&w->project, s);
	if (!err)
		printf("%s\n", path);
	return err;
}

int cmd_mbox(const char *root, char **args)
{
	struct work w;
	size_t only;
	int err;

	err = work_open(&w, root);
	if (!err && args[0])
		err = stack_find(&w.stack, args[0], &only);
	for (size_t i = 0; !err && i < w.stack.n; i++)
		if (!args[0] || only == i)
			err = write_one(&w, &w.stack.series[i]);
	work_close(&w);
	return err;
}
