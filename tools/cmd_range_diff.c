// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "file.h"
#include "mem.h"
#include "run.h"
#include "status.h"
#include "work.h"

/* One side: a series as it is now, or was in a commit of this project. */
struct side {
	char *slug;
	const char *rev;	/* NULL: as it is now */
	char *range;		/* its commits in p->apply */
};

static void parse(struct side *s, const char *spec)
{
	size_t len = strcspn(spec, "@");

	*s = (struct side){ .slug = xstrndup(spec, len) };
	s->rev = spec[len] ? spec + len + 1 : NULL;
}

/* Unpack the project's files of commit @rev into a directory. */
static int unpack(const struct project *p, const char *rev, const char *dir)
{
	autofree char *index = xasprintf("GIT_INDEX_FILE=%s/.index", dir);
	autofree char *prefix = xasprintf("--prefix=%s/", dir);
	const char *const env[] = { index, NULL };
	struct run read = { .env = env }, out = { .env = env };
	int err;

	err = git_run(&read, p->root, (const char *[]){ "read-tree", rev, NULL });
	if (!err && read.status)
		err = fail(ST_USAGE, "\"%s\" is no commit of %s: %s", rev, p->root,
			   run_why(&read));
	if (!err)
		err = git_run(&out, p->root, (const char *[]){ "checkout-index",
			      "--all", prefix, NULL });
	if (!err && out.status)
		err = fail(ST_INFRA, "cannot unpack %s into %s: %s", rev, dir, run_why(&out));
	run_free(&read);
	run_free(&out);
	return err;
}

/*
 * Apply the stack up to the series at @to.  A superseded series goes where it
 * stands in the order, though nothing is applied on it.
 */
static int apply_up_to(struct work *w, size_t to)
{
	const struct series *s = &w->stack.series[to];
	int err = ST_OK;

	for (size_t i = 0; !err && i < to; i++)
		if (w->stack.series[i].status == CARRIED)
			err = work_apply_one(w, i, false);
	if (!err && !s->files.n)
		err = fail(ST_USAGE, "%s has no patches to compare", s->slug);
	if (err)
		return err;
	applied_free(&w->applied[to]);
	return apply_series(&w->project, s, work_parent(w, to), &w->applied[to]);
}

static int find_range(struct work *w, struct side *side)
{
	size_t at;
	int err = stack_find(&w->stack, side->slug, &at);

	if (!err)
		err = apply_up_to(w, at);
	if (!err)
		side->range = xasprintf("%s..%s", w->applied[at].parent.commit.hex,
					applied_tip(&w->applied[at])->commit.hex);
	return err;
}

static int find_unpacked(struct work *w, struct side *side, const char *dir)
{
	int err = stack_read(&w->stack, dir);

	w->applied = xcalloc(w->stack.n, sizeof(*w->applied));
	if (!err)
		err = find_range(w, side);
	for (size_t i = 0; i < w->stack.n; i++)
		applied_free(&w->applied[i]);
	free(w->applied);
	stack_free(&w->stack);
	return err;
}

/*
 * As find_range(), with the series files of another commit.  Its mailboxes are
 * made where it is unpacked: those in build/ are of the files as they are now.
 */
static int find_old_range(struct work *w, struct side *side)
{
	struct work old = *w;
	char *dir;
	int err = project_tmp(&w->project, "range-diff", &dir);

	if (!err)
		err = unpack(&w->project, side->rev, dir);
	old.project.build = dir;
	if (!err)
		err = find_unpacked(&old, side, dir);
	free(dir);
	return err;
}

static int show(const struct work *w, const struct side *from, const struct side *to)
{
	struct run r = { .show = true };
	int err = git_run(&r, w->project.apply, (const char *[]){ "range-diff",
			  from->range, to->range, NULL });

	if (!err && r.status)
		err = fail(ST_INFRA, "git range-diff %s %s failed", from->range, to->range);
	return err;
}

int cmd_range_diff(const char *root, char **args)
{
	struct side side[2] = { { 0 } };
	struct work w;
	int err;

	if (!args[0] || !args[1] || args[2])
		return fail(ST_USAGE, "range-diff needs two of <slug> or <slug>@<commit>: make range-diff FROM= TO=");
	err = work_open(&w, root);
	if (!err)
		err = work_base(&w);
	for (size_t i = 0; !err && i < 2; i++) {
		parse(&side[i], args[i]);
		err = side[i].rev ? find_old_range(&w, &side[i]) :
				    find_range(&w, &side[i]);
	}
	if (!err)
		err = show(&w, &side[0], &side[1]);
	for (size_t i = 0; i < 2; i++) {
		free(side[i].slug);
		free(side[i].range);
	}
	work_close(&w);
	return err;
}
