// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "built.h"
#include "file.h"
#include "mem.h"
#include "progress.h"
#include "status.h"
#include "tool.h"
#include "touched.h"

/* A point on its way to be built. */
struct job {
	const struct kbuild_point *pt;
	struct built *b;
	struct ktree tree;
	struct kbuild kbuild;
};

/* A digest of a commit's tree with its tests, its configuration and the compiler. */
static int commit_inputs(const struct kbuild_point *pt, bool before, struct hash *h)
{
	const struct oid *commit = before ? pt->parent : pt->commit;
	autofree char *fragment = NULL;
	autofree char *tests = NULL;
	autofree char *all = NULL;
	const struct arch *arch;
	struct hash tools;
	struct oid tree;
	int err;

	if ((err = arch_of(pt->config, &arch)) ||
	    (err = ktree_id(pt->project, commit, &tree)) ||
	    (err = kbuild_fragment(pt->project, pt->config, pt->laid, pt->nlaid, before,
				   &fragment)) ||
	    (err = laid_text(pt->project, "kunit", pt->laid, pt->nlaid, before, &tests)) ||
	    (err = toolchain(arch, &tools)))
		return err;
	all = xasprintf("%s\n%s\n%s\n%s\n%s", tree.hex, fragment, tests, tools.hex,
			kbuild_reader());
	hash_data(all, strlen(all), h);
	return ST_OK;
}

int built_inputs(const struct kbuild_point *pt, struct hash *h)
{
	struct hash now, sparse, before = { "" };
	autofree char *all = NULL;
	int err;

	if ((err = commit_inputs(pt, false, &now)) ||
	    (pt->parent && (err = commit_inputs(pt, true, &before))) ||
	    (err = checker(&sparse)))
		return err;
	all = xasprintf("%s\n%s\n%s", now.hex, before.hex, sparse.hex);
	hash_data(all, strlen(all), h);
	return ST_OK;
}

/* Where what is known by a digest is kept; the caller frees. */
static char *place(const struct kbuild_point *pt, const char *kind, const struct hash *h)
{
	return xasprintf("%s/prove/%s/%s-%.16s", pt->project->build, pt->config, kind, h->hex);
}

static char *log_path(const struct kbuild_point *pt, const struct oid *commit,
		      const char *kind)
{
	return xasprintf("%s/prove/%s/%.12s.%s", pt->project->build, pt->config,
			 commit->hex, kind);
}

/* The digest of what the object directory holds, when a make came to its end. */
static char *held_path(const struct job *j)
{
	return xasprintf("%s/held", j->kbuild.state);
}

static bool holds(const struct job *j, const struct hash *h)
{
	autofree char *path = held_path(j);
	autofree char *text = NULL;

	return file_exists(path) && !file_read(path, &text, NULL) && !strcmp(text, h->hex);
}

static int go(struct job *j, bool before)
{
	const struct kbuild_point *pt = j->pt;

	return ktree_goto(&j->tree, before ? pt->parent : pt->commit, pt->laid, pt->nlaid,
			  before);
}

/* Build the commit that is checked out, and keep what came of it. */
static int make(struct job *j, bool before, const struct hash *h, struct result *r)
{
	const struct kbuild_point *pt = j->pt;
	const struct oid *commit = before ? pt->parent : pt->commit;
	autofree char *held = held_path(j);
	autofree char *dir = place(pt, "commit", h);
	autofree char *log = log_path(pt, commit, "build");
	autofree char *what = xasprintf("build %.12s for %s", commit->hex, pt->config);
	autofree char *fragment = NULL;
	struct result last = *r;
	int err;

	unlink(held);
	*r = (struct result){ 0 };
	err = kbuild_fragment(pt->project, pt->config, pt->laid, pt->nlaid, before, &fragment);
	if (!err) {
		progress_begin(what);
		err = result_make(r, &j->kbuild, fragment, log);
		progress_end();
	}
	if (!err)
		said_date(&r->said, before || last.why ? &last.said : &j->b->before.said,
			  commit->hex);
	result_free(&last);
	/* What the machine is to blame for is tried again the next time. */
	if (err || r->made == NOT_MADE)
		return err;
	err = result_write(r, dir);
	return err || r->made == NOT_CONFIGURED ? err : file_write(held, h->hex, HASH_LEN);
}

/*
 * Be at a commit with the object directory up to date.  What is known of the
 * commit is in @r already, but for the first time.
 */
static int be_at(struct job *j, bool before, struct result *r)
{
	struct hash h;
	int err;

	if ((err = commit_inputs(j->pt, before, &h)) || (err = go(j, before)) ||
	    (r->why && holds(j, &h)))
		return err;
	return make(j, before, &h, r);
}

static int read_result(const struct kbuild_point *pt, bool before, struct result *r,
		       bool *there)
{
	autofree char *dir = NULL;
	struct hash h;
	int err = commit_inputs(pt, before, &h);

	if (err)
		return err;
	dir = place(pt, "commit", &h);
	return result_read(r, dir, there);
}

/* W=1 and sparse in what is checked out; both logs bear the commit's name. */
static int strict(struct job *j, const char *kind, const struct users *us,
		  struct said *said)
{
	autofree char *log = log_path(j->pt, j->pt->commit, kind);
	int err;

	if (!us->n)
		return ST_OK;
	progress_begin("run W=1 and sparse on what the patch touches");
	err = touched_run(&j->kbuild, us, log, said);
	progress_end();
	return err;
}

static int find_users(const struct job *j, struct users *us)
{
	return users_find(j->kbuild.path, j->b->source, j->b->nsource, us);
}

/* Before the patch: what it will touch is compiled as strictly as it will be after. */
static int half_before(struct job *j)
{
	struct users us = { 0 };
	int err = be_at(j, true, &j->b->before);

	if (err || j->b->before.made != MADE)
		return err;
	err = find_users(j, &us);
	if (!err)
		err = strict(j, "strict-before", &us, &j->b->strict_before);
	users_free(&us);
	return err;
}

static int half_after(struct job *j)
{
	int err = be_at(j, false, &j->b->now);

	if (err || j->b->now.made != MADE || !j->pt->parent)
		return err;
	err = find_users(j, &j->b->users);
	return err ? err : strict(j, "strict", &j->b->users, &j->b->strict);
}

static int step_path(const struct kbuild_point *pt, char **dir)
{
	struct hash h;
	int err = built_inputs(pt, &h);

	if (!err)
		*dir = place(pt, "step", &h);
	return err;
}

static int write_step(const struct job *j)
{
	autofree char *dir = NULL;
	autofree char *users = NULL;
	autofree char *after = NULL;
	autofree char *before = NULL;
	int err = step_path(j->pt, &dir);

	if (err || (err = dir_make(dir)))
		return err;
	users = xasprintf("%s/users", dir);
	after = xasprintf("%s/strict", dir);
	before = xasprintf("%s/strict-before", dir);
	if ((err = said_write(&j->b->strict, after)) ||
	    (err = said_write(&j->b->strict_before, before)))
		return err;
	return users_write(&j->b->users, users);
}

static int read_step(const struct kbuild_point *pt, struct built *b, bool *there)
{
	autofree char *dir = NULL;
	autofree char *users = NULL;
	autofree char *after = NULL;
	autofree char *before = NULL;
	int err = step_path(pt, &dir);

	if (err)
		return err;
	users = xasprintf("%s/users", dir);
	after = xasprintf("%s/strict", dir);
	before = xasprintf("%s/strict-before", dir);
	*there = file_exists(users);
	if (!*there)
		return ST_OK;
	if ((err = users_read(&b->users, users)) || (err = said_read(&b->strict, after)))
		return err;
	return said_read(&b->strict_before, before);
}

/* What is known of all this already. */
static int read_all(const struct kbuild_point *pt, struct built *b, bool *there)
{
	bool now, before = true, step = true;
	int err = read_result(pt, false, &b->now, &now);

	if (!err && pt->parent)
		err = ktree_sources(pt->project, pt->parent, pt->commit, &b->source,
				    &b->nsource);
	if (!err && pt->parent)
		err = read_result(pt, true, &b->before, &before);
	if (!err && pt->parent)
		err = read_step(pt, b, &step);
	*there = now && before && step;
	return err;
}

static int walk(struct job *j)
{
	int err;

	if ((err = ktree_open(&j->tree, j->pt->project)) ||
	    (err = kbuild_open(&j->kbuild, &j->tree, j->pt->config, NULL)) ||
	    (j->pt->parent && (err = half_before(j))) || (err = half_after(j)))
		return err;
	if (j->b->now.made == NOT_MADE || j->b->before.made == NOT_MADE || !j->pt->parent)
		return ST_OK;
	return write_step(j);
}

int built_have(const struct kbuild_point *pt, struct built *b)
{
	struct job j = { .pt = pt, .b = b };
	bool there;
	int err;

	*b = (struct built){ 0 };
	err = read_all(pt, b, &there);
	if (err || there)
		return err;
	j.tree.hold = j.tree.overlay.hold = -1;
	err = walk(&j);
	kbuild_close(&j.kbuild);
	ktree_close(&j.tree);
	return err;
}

int built_users(const struct kbuild_point *pt, char *const *source, size_t n,
		struct users *us)
{
	struct built b = { 0 };
	struct job j = { .pt = pt, .b = &b };
	bool there;
	int err = read_result(pt, false, &b.now, &there);

	*us = (struct users){ 0 };
	j.tree.hold = j.tree.overlay.hold = -1;
	if (!err && !(err = ktree_open(&j.tree, pt->project)) &&
	    !(err = kbuild_open(&j.kbuild, &j.tree, pt->config, NULL)) &&
	    !(err = be_at(&j, false, &b.now)))
		err = users_find(j.kbuild.path, source, n, us);
	kbuild_close(&j.kbuild);
	ktree_close(&j.tree);
	built_free(&b);
	return err;
}

int built_hold(const struct kbuild_point *pt, struct held *h)
{
	struct built b = { 0 };
	struct job j = { .pt = pt, .b = &b };
	bool there;
	int err;

	j.tree.hold = j.tree.overlay.hold = -1;
	if (!(err = read_result(pt, false, &b.now, &there)) &&
	    !(err = ktree_open(&j.tree, pt->project)) &&
	    !(err = kbuild_open(&j.kbuild, &j.tree, pt->config, NULL)))
		err = be_at(&j, false, &b.now);
	*h = (struct held){ j.tree, j.kbuild, b.now };
	h->kbuild.tree = &h->tree;
	return err;
}

void built_let_go(struct held *h)
{
	result_free(&h->now);
	kbuild_close(&h->kbuild);
	ktree_close(&h->tree);
}

void built_free(struct built *b)
{
	result_free(&b->now);
	result_free(&b->before);
	names_free(b->source, b->nsource);
	users_free(&b->users);
	said_free(&b->strict);
	said_free(&b->strict_before);
	*b = (struct built){ 0 };
}
