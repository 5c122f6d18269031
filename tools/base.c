// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base.h"
#include "difference.h"
#include "file.h"
#include "hold.h"
#include "import.h"
#include "mem.h"
#include "progress.h"
#include "run.h"
#include "source.h"
#include "status.h"

/* What the pack of one kernel takes, with room to spare. */
#define PACK_MIB 1000

static int resolve_tree(const struct project *p, struct base *base)
{
	autofree char *rev = xasprintf("%s^{tree}", base->point.commit.hex);

	return git_resolve(ST_INFRA, p->repo, rev, &base->point.tree);
}

/* An empty repository; one that never got a base is begun anew. */
static int repo_have(const struct project *p)
{
	autofree char *refs = NULL;
	bool good = false;
	int err;

	if (dir_exists(p->repo)) {
		err = git_try(&good, p->repo, "rev-parse", "--git-dir", NULL);
		if (!err && good)
			err = git_out(ST_INFRA, &refs, p->repo, "for-each-ref", "refs/heads", NULL);
		if (err)
			return err;
		if (good && *refs)
			return ST_OK;
		err = tree_remove(p->repo);
		if (err)
			return err;
	}
	err = dir_make(p->repo);
	return err ? err : git(ST_INFRA, p->repo, "init", "--quiet", "--bare",
			       "--initial-branch=base", ".", NULL);
}

static int refuse(const struct project *p, const struct pin *pin,
		  const struct base *base, const char *from)
{
	autofree char *text = NULL;
	int err = difference_text(p, pin, base->point.commit.hex, &text);

	if (err)
		return err;
	return fail(ST_SOURCE, "%s is not the pinned tree of Linux %s (%s, but %s is wanted):\n%sgive KERNEL_ANY=1 to use it all the same",
		    from, pin->version, base->point.tree.hex, pin->tree.hex, text);
}

/* Name the base by a ref that keeps it: the pinned one, or another that was asked for. */
static int keep(const struct project *p, const struct pin *pin, struct base *base,
		const char *from, bool any)
{
	autofree char *ref = NULL;
	int err = resolve_tree(p, base);

	if (err)
		return err;
	ref = xasprintf("refs/heads/base-%s", base->point.tree.hex);
	base->pinned = oid_equal(&base->point.tree, &pin->tree);
	if (!base->pinned && !any)
		return refuse(p, pin, base, from);
	if (base->pinned && !oid_equal(&base->point.commit, &pin->commit))
		return fail(ST_INPUT, "configs/pin: Commit is %s, but Date and configs/identity make it %s",
			    pin->commit.hex, base->point.commit.hex);
	return git(ST_INFRA, p->repo, "update-ref", ref, base->point.commit.hex, NULL);
}

/* A commit of our making on @tree, by the same words as an imported tarball's. */
static int commit_tree(const struct project *p, const struct pin *pin,
		       const struct oid *tree, struct oid *commit)
{
	autofree char *author = xasprintf("GIT_AUTHOR_DATE=@%s", pin->date);
	autofree char *committer = xasprintf("GIT_COMMITTER_DATE=@%s", pin->date);
	autofree char *message = xasprintf("Linux %s\n", pin->version);
	struct run r = {
		.input = message,
		.env = (const char *[]){ author, committer, NULL },
	};
	int err;

	err = git_run(&r, p->repo, (const char *[]){ "commit-tree", tree->hex, NULL });
	if (!err && (r.status || !oid_parse(r.out, commit)))
		err = fail(ST_INFRA, "git commit-tree in %s: %s", p->repo, run_why(&r));
	run_free(&r);
	return err;
}

/* The tree of FETCH_HEAD without what Debian leaves out, through an index of its own. */
static int trim_fetched(const struct project *p, const struct pin *pin, struct oid *tree)
{
	autofree char *index = xasprintf("GIT_INDEX_FILE=%s/import.index", p->repo);
	const char *const env[] = { index, NULL };
	autofree char *paths = NULL;
	struct run read = { .env = env }, cut = { .env = env }, write = { .env = env };
	size_t len;
	FILE *f = xmemstream(&paths, &len);
	int err;

	for (size_t i = 0; i < pin->nleft_out; i++)
		fprintf(f, "0 %0*d\t%s\n", OID_LEN, 0, pin->left_out[i]);
	fclose(f);
	cut.input = paths;
	err = git_run(&read, p->repo, (const char *[]){ "read-tree", "FETCH_HEAD", NULL });
	if (!err)
		err = git_run(&cut, p->repo, (const char *[]){ "update-index",
			      "--index-info", NULL });
	if (!err)
		err = git_run(&write, p->repo, (const char *[]){ "write-tree", NULL });
	if (!err && (read.status || cut.status || write.status ||
		     !oid_parse(write.out, tree)))
		err = fail(ST_INFRA, "cannot read the fetched tree in %s: %s", p->repo,
			   run_why(read.status ? &read : cut.status ? &cut : &write));
	run_free(&read);
	run_free(&cut);
	run_free(&write);
	unlink(index + strlen("GIT_INDEX_FILE="));
	return err;
}

static int check_fetched_version(const struct project *p, const struct pin *pin,
				 const struct source *src)
{
	autofree char *makefile = NULL, *version = NULL;
	int err = git_out(ST_SOURCE, &makefile, p->repo, "cat-file", "blob",
			  "FETCH_HEAD:Makefile", NULL);

	if (err)
		return err;
	version = import_version(makefile);
	if (!version)
		return fail(ST_SOURCE, "%s in %s: its Makefile is not the kernel's",
			    src->rev, src->git);
	if (src->any || !strcmp(version, pin->version))
		return ST_OK;
	return fail(ST_SOURCE, "%s in %s is Linux %s; the pin is Linux %s",
		    src->rev, src->git, version, pin->version);
}

static int import_git(const struct project *p, const struct pin *pin,
		      const struct source *src, struct oid *commit)
{
	autofree char *path = realpath(src->git, NULL);
	struct oid tree;
	int err;

	/* git runs elsewhere, so what is a path here has to be one there. */
	err = git(ST_SOURCE, p->repo, "fetch", "--quiet", "--no-tags", "--depth=1",
		  path ? path : src->git, src->rev, NULL);
	if (!err)
		err = check_fetched_version(p, pin, src);
	if (!err)
		err = trim_fetched(p, pin, &tree);
	return err ? err : commit_tree(p, pin, &tree, commit);
}

static int import(const struct project *p, const struct pin *pin,
		  const struct source *src, struct base *base)
{
	autofree char *found = NULL;
	const char *from = src->git ? src->git : src->tarball;
	int err;

	err = space_check(p->cache, PACK_MIB, "the base commit");
	if (!err && !from) {
		err = source_tarball(p, pin, &found);
		from = found;
	}
	if (!err)
		err = repo_have(p);
	if (err)
		return err;
	progress_begin("read the kernel into git");
	if (src->git)
		err = import_git(p, pin, src, &base->point.commit);
	else
		err = import_tarball(p, pin, from, src->any, &base->point.commit);
	progress_end();
	if (err == ST_SOURCE && found)
		tree_remove(found);	/* so that the next run fetches it anew */
	return err ? err : keep(p, pin, base, from, src->any);
}

/* The pinned base, when the cache has it. */
static int look(const struct project *p, const struct pin *pin, struct base *base)
{
	autofree char *ref = xasprintf("refs/heads/base-%s^{commit}", pin->tree.hex);
	int err;

	*base = (struct base){ 0 };
	if (!dir_exists(p->repo))
		return ST_OK;
	err = git_find(p->repo, ref, &base->point.commit);
	if (err || !*base->point.commit.hex)
		return err;
	if (!oid_equal(&base->point.commit, &pin->commit))
		*base = (struct base){ 0 };
	base->point.tree = pin->tree;
	base->pinned = true;
	return ST_OK;
}

int base_have(const struct project *p, const struct pin *pin, struct base *base)
{
	autofree char *lock = xasprintf("%s/lock", p->cache);
	struct source src;
	int fd, err;

	err = source_given(&src);
	if (!err && !src.any)
		err = look(p, pin, base);
	if (err || (!src.any && *base->point.commit.hex))
		return err;
	err = hold_take(lock, p->cache, true, &fd);
	if (err)
		return err;
	if (!src.any)
		err = look(p, pin, base);
	if (!err && !*base->point.commit.hex) {
		git_sweep(p->repo);
		err = import(p, pin, &src, base);
	}
	hold_release(fd);
	return err;
}
