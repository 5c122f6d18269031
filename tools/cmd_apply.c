// SPDX-License-Identifier: GPL-2.0-only
#include "commands.h"
#include "linux.h"
#include "show.h"
#include "status.h"
#include "work.h"

/* The work tree shows the whole stack, unless the user has something else there. */
static int update_linux(const struct project *p, const struct base *base)
{
	struct branch b = { 0 };
	bool moved = true;
	int err;

	err = linux_have(p, &base->point.commit);
	if (!err)
		err = linux_follow(p, "stack", &moved);
	if (!err && moved)
		err = linux_branch(p, "stack", &b);
	if (err)
		return err;
	if (!moved)
		notice("build/linux is left as it is: its branch \"stack\" holds changes of yours");
	else if (!b.current)
		notice("build/linux is on a branch of yours; `make checkout` shows the whole stack there");
	return ST_OK;
}

int cmd_apply(const char *root, char **args)
{
	struct work w;
	size_t i;
	int err;

	err = work_open(&w, root);
	if (!err && args[0])
		err = stack_find(&w.stack, args[0], &i);
	if (!err)
		err = work_all(&w);
	if (!err)
		err = update_linux(&w.project, &w.base);
	if (!err)
		show_stack(&w, args[0]);
	work_close(&w);
	return err;
}
