// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>

#include "commands.h"
#include "drift.h"
#include "export.h"
#include "file.h"
#include "linux.h"
#include "mem.h"
#include "status.h"
#include "work.h"

/* Series at index @from to @to are written anew, those above get new locks. */
struct refresh {
	struct work *work;
	size_t from;
	size_t to;
};

/*
 * Refuse to overwrite patches that changed after the branch was made of them.
 * They may have been written of it by a run that got no further.
 */
static int check_unchanged(const struct work *w, const struct series *s,
			   const struct branch *b)
{
	const struct oid *made_of[] = {
		*b->put.hex ? &b->put : &b->applied, &b->written,
	};
	bool same = false;
	int err = ST_OK;

	for (size_t i = 0; !err && !same && i < 2; i++)
		if (*made_of[i]->hex)
			err = export_is_same(&w->project, s->slug, w->project.linux,
					     made_of[i], s->files.n, &same);
	if (err || same)
		return err;
	return fail(ST_INPUT, "patches/%s changed since branch %s in build/linux was made of it, and the branch changed too\n"
		    "keep your commits by another name (git -C build/linux branch -m %s %s-mine), run `make checkout SERIES=%s` and bring them over",
		    s->slug, s->slug, s->slug, s->slug, s->slug);
}

/* The user's commits become patches. */
static int export_branch(const struct work *w, size_t i, const struct branch *b)
{
	const struct series *s = &w->stack.series[i];
	const struct project *p = &w->project;
	int err = check_unchanged(w, s, b);

	/* Noted before: a run that gets no further must know these patches again. */
	if (!err)
		err = linux_note_written(p, s->slug, b);
	return err ? err : export_series(p, s->slug, p->linux,
					 &work_parent(w, i)->commit, &b->local);
}

/* The patches as git writes them, when they were edited or made otherwise. */
static int export_applied(const struct work *w, size_t i)
{
	const struct series *s = &w->stack.series[i];

	if (!s->files.n)
		return ST_OK;
	return export_series(&w->project, s->slug, w->project.apply,
			     &work_parent(w, i)->commit,
			     &applied_tip(&w->applied[i])->commit);
}

/*
 * The mail made of the user's commits has to give back the tree they have; then
 * the branch can be moved to what was made of them.
 */
static int check_tree(const struct work *w, size_t i)
{
	const char *slug = w->stack.series[i].slug;
	const struct oid *is = &applied_tip(&w->applied[i])->tree;
	autofree char *rev = xasprintf("refs/heads/%s^{tree}", slug);
	struct oid tree;
	int err = git_resolve(ST_INFRA, w->project.linux, rev, &tree);

	if (err || oid_equal(&tree, is))
		return err;
	return fail(ST_APPLY, "patches/%s gives tree %s, but branch %s in build/linux, which it was made of, has %s",
		    slug, is->hex, slug, tree.hex);
}

static int refresh_one(const struct refresh *r, size_t i)
{
	struct work *w = r->work;
	struct branch b = { 0 };
	bool mine = false;
	int err = ST_OK;

	if (w->stack.series[i].status != CARRIED || i < r->from)
		return work_apply_one(w, i, true);
	if (i <= r->to) {
		err = linux_branch(&w->project, w->stack.series[i].slug, &b);
		mine = branch_has_work(&b);
	}
	if (!err && mine && !(err = export_branch(w, i, &b)))
		err = stack_reread(&w->stack, w->project.root, i);
	if (!err)
		err = work_apply_one(w, i, false);
	if (!err && mine)
		err = check_tree(w, i);
	if (!err && !mine && i <= r->to && !(err = export_applied(w, i)))
		err = stack_reread(&w->stack, w->project.root, i);
	if (!err)
		err = drift_accept(&w->stack.series[i], &w->applied[i], w->project.root);
	return err;
}

/* Whether what is below the series at index @i is not what its patches were made on. */
static bool parent_moved(const struct work *w, size_t i)
{
	const struct lock *l = &w->stack.series[i].lock;

	return l->there && !oid_equal(&l->parent, &work_parent(w, i)->tree);
}

static void explain_rebase(const struct work *w, size_t failed)
{
	const char *slug = w->stack.series[failed].slug;
	const char *below = "base";

	for (size_t i = 0; i < failed; i++)
		if (w->stack.series[i].status == CARRIED)
			below = w->stack.series[i].slug;
	notice("series below %s are written; to bring %s onto them:\n"
	       "  git -C build/linux checkout %s\n"
	       "  git -C build/linux rebase --onto stack/%s stack/%s~%zu\n"
	       "  make refresh SERIES=%s",
	       slug, slug, slug, below, slug, w->stack.series[failed].files.n, slug);
}

/* Branches whose commits are patches now stand where those are applied. */
static int move_branches(const struct work *w, size_t n)
{
	int err = linux_have(&w->project, &w->base.point.commit);

	for (size_t i = 0; !err && i < n; i++) {
		const char *slug = w->stack.series[i].slug;
		struct branch b;

		if (w->stack.series[i].status != CARRIED)
			continue;
		err = linux_branch(&w->project, slug, &b);
		if (!err && branch_has_work(&b))
			err = linux_put_if_same(&w->project, slug, &b);
	}
	return err;
}

static int refresh(const struct refresh *r)
{
	struct work *w = r->work;
	size_t done = 0;
	int err = ST_OK, published;

	while (!err && done < w->stack.n) {
		err = refresh_one(r, done);
		done += !err;
	}
	published = work_publish(w, done);
	if (!published)
		published = move_branches(w, done);
	if (err == ST_APPLY && parent_moved(w, done))
		explain_rebase(w, done);
	return err ? err : published;
}

/* In a fresh clone whose locks have drifted nothing was published yet. */
static int have_linux(const struct work *w)
{
	int err = ST_OK;

	if (!dir_exists(w->project.linux))
		err = work_publish(w, 0);
	return err ? err : linux_have(&w->project, &w->base.point.commit);
}

int cmd_refresh(const char *root, char **args)
{
	struct work w;
	struct refresh r = { .work = &w };
	int err;

	err = work_open(&w, root);
	if (!err) {
		r.to = w.stack.n;
		if (args[0]) {
			err = stack_find(&w.stack, args[0], &r.from);
			r.to = r.from;
		}
	}
	if (!err)
		err = work_base(&w);
	if (!err && !w.base.pinned)
		err = fail(ST_USAGE, "refresh writes locks, so it needs the pinned base; run it without KERNEL_ANY");
	if (!err)
		err = have_linux(&w);
	if (!err)
		err = refresh(&r);
	work_close(&w);
	return err;
}
