// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "linux.h"
#include "mem.h"
#include "progress.h"
#include "run.h"
#include "status.h"

/*
 * What the user's own git and b4 need there to make the commits that the
 * program makes: its identity, and the author's date for the committer's.
 */
static int configure(const struct project *p)
{
	const char *const settings[][2] = {
		{ "user.name", p->name },
		{ "user.email", p->email },
		{ "remote.stack.url", "../apply" },
		{ "remote.stack.fetch", "+refs/heads/*:refs/remotes/stack/*" },
		{ "remote.stack.tagOpt", "--no-tags" },
		{ "b4.shazam-am-flags", "--committer-date-is-author-date" },
	};
	int err = ST_OK;

	for (size_t i = 0; !err && i < sizeof(settings) / sizeof(*settings); i++)
		err = git(ST_INFRA, p->linux, "config", settings[i][0],
			  settings[i][1], NULL);
	return err;
}

static int fetch(const struct project *p)
{
	return git(ST_INFRA, p->linux, "fetch", "--quiet", "--prune", "stack", NULL);
}

/*
 * A branch that is where p->apply has it holds no work, however it came there:
 * remember that before p->apply is asked where it has it now.
 */
static int note_same(const struct project *p)
{
	autofree char *refs = NULL, *all = NULL, *commands = NULL;
	struct run r = { 0 };
	size_t len;
	FILE *f;
	int err;

	err = git_out(ST_INFRA, &refs, p->linux, "for-each-ref",
		      "--format=%(objectname) %(refname)", "refs/heads",
		      "refs/remotes/stack", NULL);
	if (err)
		return err;
	all = xasprintf("%s\n", refs);
	f = xmemstream(&commands, &len);
	for (char *rest = refs, *line; (line = strsep(&rest, "\n")); ) {
		const char *name = strstr(line, " refs/heads/");
		autofree char *same = name ? xasprintf("%.*s refs/remotes/stack/%s\n",
						       OID_LEN, line, name + 12) : NULL;

		if (same && strstr(all, same))
			fprintf(f, "update refs/put/%s %.*s\n", name + 12, OID_LEN, line);
	}
	fclose(f);
	r.input = commands;
	err = git_run(&r, p->linux, (const char *[]){ "update-ref", "--stdin", NULL });
	if (!err && r.status)
		err = fail(ST_INFRA, "git update-ref in %s: %s", p->linux, run_why(&r));
	run_free(&r);
	return err;
}

/* The ref that says where the program put a branch last. */
static char *put_ref(const char *name)
{
	return xasprintf("refs/put/%s", name);
}

static char *written_ref(const char *name)
{
	return xasprintf("refs/written/%s", name);
}

/* The base, as long as no stack could be applied that its locks agree with. */
static int check_out_first(const struct project *p)
{
	const char *rev = "refs/remotes/stack/stack";
	struct oid stack;
	int err = git_find(p->linux, rev, &stack);

	if (err)
		return err;
	if (!*stack.hex)
		rev = "refs/remotes/stack/base";
	progress_begin("check out the stack in build/linux");
	err = git(ST_INFRA, p->linux, "checkout", "--quiet", "--force",
		  "--no-track", "-B", "stack", rev, NULL);
	progress_end();
	return err ? err : git(ST_INFRA, p->linux, "update-ref", "refs/put/stack",
			       "refs/heads/stack", NULL);
}

/* The base is in the cache, a former one perhaps in a former cache. */
static int borrow(const struct project *p)
{
	autofree char *info = xasprintf("%s/.git/objects/info", p->linux);
	autofree char *path = xasprintf("%s/alternates", info);
	autofree char *objects = xasprintf("%s/objects", p->repo);
	autofree char *old = NULL, *text = NULL;
	size_t len;
	FILE *f;
	int err = dir_make(info);

	if (!err && file_exists(path))
		err = file_read(path, &old, NULL);
	if (err)
		return err;
	f = xmemstream(&text, &len);
	fprintf(f, "%s\n", objects);
	for (char *rest = old, *line; (line = strsep(&rest, "\n")); )
		if (strcmp(line, objects) && dir_exists(line))
			fprintf(f, "%s\n", line);
	fclose(f);
	return file_write(path, text, len);
}

static int make(const struct project *p)
{
	autofree char *dir = xasprintf("%s/.git", p->linux);
	int err;

	git_sweep(dir);
	if ((err = dir_make(p->linux)) ||
	    (err = git(ST_INFRA, p->linux, "init", "--quiet",
		       "--initial-branch=stack", ".", NULL)) ||
	    (err = borrow(p)) || (err = configure(p)) || (err = fetch(p)))
		return err;
	return check_out_first(p);
}

int linux_have(const struct project *p, const struct oid *base)
{
	autofree char *git_dir = xasprintf("%s/.git", p->linux);
	struct oid put = { "" };
	int err = ST_OK;

	if (dir_exists(git_dir))
		err = git_find(p->linux, "refs/put/stack", &put);
	if (err)
		return err;
	if (!*put.hex)
		err = make(p);
	else if (!(err = borrow(p)) && !(err = note_same(p)))
		err = fetch(p);
	return err ? err : git(ST_INFRA, p->linux, "update-ref", "refs/tags/base",
			       base->hex, NULL);
}

int linux_branch(const struct project *p, const char *name, struct branch *b)
{
	autofree char *local = xasprintf("refs/heads/%s", name);
	autofree char *applied = xasprintf("refs/remotes/stack/%s", name);
	autofree char *put = put_ref(name);
	autofree char *written = written_ref(name);
	struct run r = { 0 };
	int err;

	if ((err = git_find(p->linux, local, &b->local)) ||
	    (err = git_find(p->linux, put, &b->put)) ||
	    (err = git_find(p->linux, written, &b->written)) ||
	    (err = git_find(p->linux, applied, &b->applied)) ||
	    (err = git_run(&r, p->linux, (const char *[]){ "symbolic-ref",
			   "--quiet", "HEAD", NULL })))
		return err;
	b->current = !r.status && !strncmp(r.out, local, strlen(local)) &&
		     r.out[strlen(local)] == '\n';
	run_free(&r);
	return ST_OK;
}

bool branch_has_work(const struct branch *b)
{
	return *b->local.hex && !oid_equal(&b->local, &b->put) &&
	       !oid_equal(&b->local, &b->applied);
}

static int note_put(const struct project *p, const char *name, const struct branch *b)
{
	autofree char *put = put_ref(name);

	return git(ST_INFRA, p->linux, "update-ref", put, b->applied.hex, NULL);
}

/* Files that were only touched, or copied, must not count as changed. */
static int reset_keep(const struct project *p, const struct oid *to, bool *moved)
{
	int err = git_try(moved, p->linux, "update-index", "-q", "--refresh", NULL);

	return err ? err : git_try(moved, p->linux, "reset", "--quiet", "--keep",
				   to->hex, NULL);
}

int linux_follow(const struct project *p, const char *name, bool *moved)
{
	autofree char *local = xasprintf("refs/heads/%s", name);
	struct branch b;
	int err = linux_branch(p, name, &b);

	*moved = !branch_has_work(&b);
	if (err || !*moved)
		return err;
	if (oid_equal(&b.local, &b.applied))
		return oid_equal(&b.put, &b.applied) ? ST_OK : note_put(p, name, &b);
	if (b.current)
		err = reset_keep(p, &b.applied, moved);
	else
		err = git(ST_INFRA, p->linux, "update-ref", local, b.applied.hex, NULL);
	return err || !*moved ? err : note_put(p, name, &b);
}

int linux_put_if_same(const struct project *p, const char *name, const struct branch *b)
{
	autofree char *local = xasprintf("refs/heads/%s", name);
	bool same;
	int err = git_try(&same, p->linux, "diff-tree", "--quiet", b->local.hex,
			  b->applied.hex, NULL);

	if (err || !same)
		return err;
	err = git(ST_INFRA, p->linux, "update-ref", local, b->applied.hex, NULL);
	return err ? err : note_put(p, name, b);
}

int linux_note_written(const struct project *p, const char *name,
		       const struct branch *b)
{
	autofree char *ref = written_ref(name);

	return git(ST_INFRA, p->linux, "update-ref", ref, b->local.hex, NULL);
}

int linux_switch(const struct project *p, const char *name)
{
	return git(ST_FAILED, p->linux, "checkout", "--quiet", name, "--", NULL);
}
