// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>

#include "commands.h"
#include "linux.h"
#include "status.h"
#include "work.h"

static int check_out(const struct project *p, const char *name)
{
	struct branch b;
	bool moved;
	int err;

	if ((err = linux_follow(p, name, &moved)) || (err = linux_branch(p, name, &b)))
		return err;
	if (!moved)
		notice("branch %s in build/linux holds work of yours; it is left where it is",
		       name);
	if (!b.current)
		err = linux_switch(p, name);
	if (!err)
		printf("build/linux is at %.12s, branch %s\n",
		       moved ? b.applied.hex : b.local.hex, name);
	return err;
}

/* What to check out: the series' branch, or the whole stack's. */
static int choose(const struct work *w, const char *slug, const char **name)
{
	const struct series *s;
	size_t i;
	int err;

	*name = "stack";
	if (!slug)
		return ST_OK;
	err = stack_find(&w->stack, slug, &i);
	if (err)
		return err;
	s = &w->stack.series[i];
	*name = s->slug;
	if (s->status == CARRIED)
		return ST_OK;
	return fail(ST_USAGE, "%s is %s: it has no commits of its own to check out",
		    slug, series_status_name(s->status));
}

int cmd_checkout(const char *root, char **args)
{
	const char *name;
	struct work w;
	int err;

	err = work_open(&w, root);
	if (!err)
		err = choose(&w, args[0], &name);
	if (!err)
		err = work_all(&w);
	if (!err)
		err = linux_have(&w.project, &w.base.point.commit);
	if (!err)
		err = check_out(&w.project, name);
	work_close(&w);
	return err;
}
