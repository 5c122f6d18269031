// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "apply.h"
#include "file.h"
#include "hash.h"
#include "mbox.h"
#include "mem.h"
#include "progress.h"
#include "reject.h"
#include "run.h"
#include "status.h"

/*
 * Part of the key under which an applied series is remembered: raise it when
 * apply_mbox() makes other commits of the same mailbox.
 */
#define APPLY_VERSION "1"

static int write_git_file(const struct project *p, const char *name, const char *text)
{
	autofree char *path = xasprintf("%s/.git/%s", p->apply, name);

	return file_write(path, text, strlen(text));
}

/*
 * A sparse work tree: git am brings in the files a patch touches, and the index is
 * all it needs to know of the others.  .gitattributes is there because it decides
 * what git format-patch writes behind the numbers of a hunk, and is not looked for
 * in the index then.
 */
static int repo_make(const struct project *p)
{
	autofree char *objects = xasprintf("%s/objects\n", p->repo);
	int err;

	if ((err = tree_remove(p->apply)) || (err = dir_make(p->apply)) ||
	    (err = git(ST_INFRA, p->apply, "init", "--quiet",
		       "--initial-branch=none", ".", NULL)) ||
	    (err = write_git_file(p, "objects/info/alternates", objects)) ||
	    (err = write_git_file(p, "info/sparse-checkout", "/.gitattributes\n")))
		return err;
	return git(ST_INFRA, p->apply, "config", "core.sparseCheckout", "true", NULL);
}

/* What a run that was killed may have left: nobody else works in there. */
static int sweep(const struct project *p)
{
	autofree char *dir = xasprintf("%s/.git", p->apply);
	autofree char *am = xasprintf("%s/.git/rebase-apply", p->apply);

	git_sweep(dir);
	return tree_remove(am);
}

int apply_begin(const struct project *p, const struct base *base)
{
	autofree char *commit = xasprintf("%s^{commit}", base->point.commit.hex);
	struct oid found = { "" };
	int err = ST_OK;

	if (dir_exists(p->apply))
		err = git_find(p->apply, commit, &found);
	if (!err && !*found.hex)
		err = repo_make(p);
	return err ? err : sweep(p);
}

/* The ref that remembers @s applied on @parent. */
static int key_of(const struct project *p, const struct series *s,
		  const struct point *parent, char **ref)
{
	autofree char *mbox = NULL, *all = NULL;
	struct hash h;
	size_t len;
	int err = mbox_text(p, s, &mbox, &len);

	if (err)
		return err;
	all = xasprintf(APPLY_VERSION "\n%s\n%s <%s>\n%s", parent->commit.hex,
			p->name, p->email, mbox);
	hash_data(all, strlen(all), &h);
	*ref = xasprintf("refs/applied/%s", h.hex);
	return ST_OK;
}

/* The points from a->parent to @tip. */
static int read_points(const struct project *p, const char *tip, struct applied *a)
{
	autofree char *range = xasprintf("%s..%s", a->parent.commit.hex, tip);
	autofree char *text = NULL;
	char *rest, *line;
	int err = git_out(ST_INFRA, &text, p->apply, "log", "--reverse",
			  "--format=%H %T", range, NULL);

	if (err)
		return err;
	for (rest = text; (line = strsep(&rest, "\n")) && *line; ) {
		struct point *pt = array_more(a->point, a->n);

		oid_parse(line, &pt->commit);
		oid_parse(line + OID_LEN + 1, &pt->tree);
		a->n++;
	}
	return ST_OK;
}

/* b4 am: build/mbox/<slug>.mbx -> *@out, ready for git am. */
static int run_b4(const struct project *p, const struct series *s, char **out)
{
	autofree char *mbox = mbox_path(p, s->slug);
	autofree char *dir = NULL;
	struct run r = {
		.dir = p->apply,
		.argv = (const char *[]){ "b4", "--offline-mode", "am",
			"--use-local-mbox", mbox, "--outdir", NULL,
			"--mbox-name", s->slug, NULL },
	};
	int err = project_tmp(p, "b4", &dir);

	*out = xasprintf("%s/%s.mbx", dir, s->slug);
	((const char **)r.argv)[6] = dir;
	if (!err)
		err = run(&r);
	if (!err && (r.status || !file_exists(*out)))
		err = fail(ST_APPLY, "b4 am refuses the mailbox of %s (%s): %s",
			   s->slug, mbox, run_why(&r));
	run_free(&r);
	return err;
}

/* git am stopped: the patch it stopped at is its "next". */
static int explain(const struct project *p, const struct series *s, const struct run *r)
{
	autofree char *path = xasprintf("%s/.git/rebase-apply/next", p->apply);
	autofree char *text = NULL;
	size_t nr = 0;
	int err;

	if (file_exists(path) && !file_read(path, &text, NULL))
		nr = strtoul(text, NULL, 10);
	if (!nr || nr > s->files.n)
		return fail(ST_APPLY, "git am refuses %s: %s", s->slug, run_why(r));
	err = reject_explain(p, &s->patch[nr - 1], run_why(r));
	sweep(p);
	return err;
}

static int run_git_am(const struct project *p, const struct series *s, const char *mbox)
{
	struct run r = { 0 };
	int err;

	err = git_run(&r, p->apply, (const char *[]){ "am", "--quiet",
		      "--committer-date-is-author-date", "--whitespace=nowarn",
		      "--no-3way", mbox, NULL });
	if (!err && r.status)
		err = explain(p, s, &r);
	run_free(&r);
	return err;
}

static int apply_mbox(const struct project *p, const struct series *s,
		      struct applied *a)
{
	autofree char *out = NULL;
	int err;

	if ((err = mbox_write(p, s)) ||
	    (err = git(ST_INFRA, p->apply, "checkout", "--quiet", "--force",
		       "--detach", a->parent.commit.hex, NULL)) ||
	    (err = run_b4(p, s, &out)) || (err = run_git_am(p, s, out)) ||
	    (err = read_points(p, "HEAD", a)))
		return err;
	if (a->n != s->files.n)
		return fail(ST_APPLY, "%s: b4 am and git am made %zu commits of %zu patches",
			    s->slug, a->n, s->files.n);
	return ST_OK;
}

static int apply_new(const struct project *p, const struct series *s,
		     struct applied *a)
{
	autofree char *step = xasprintf("apply %s, %zu %s", s->slug, s->files.n,
					s->files.n == 1 ? "patch" : "patches");
	int err;

	progress_begin(step);
	err = apply_mbox(p, s, a);
	progress_end();
	return err;
}

int apply_series(const struct project *p, const struct series *s,
		 const struct point *parent, struct applied *a)
{
	double began = progress_clock();
	autofree char *ref = NULL;
	struct oid tip;
	int err;

	*a = (struct applied){ .parent = *parent };
	if (!s->files.n)
		return ST_OK;
	if ((err = key_of(p, s, parent, &ref)) || (err = git_find(p->apply, ref, &tip)))
		return err;
	if (*tip.hex)
		err = read_points(p, tip.hex, a);
	else if (!(err = apply_new(p, s, a)))
		err = git(ST_INFRA, p->apply, "update-ref", ref,
			  applied_tip(a)->commit.hex, NULL);
	a->seconds = progress_clock() - began;
	return err;
}

void applied_free(struct applied *a)
{
	free(a->point);
	*a = (struct applied){ 0 };
}

const struct point *applied_tip(const struct applied *a)
{
	return a->n ? &a->point[a->n - 1] : &a->parent;
}
