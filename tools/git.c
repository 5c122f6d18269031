// SPDX-License-Identifier: GPL-2.0-only
#include <ftw.h>
#include <search.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "git.h"
#include "mem.h"
#include "run.h"

bool oid_parse(const char *text, struct oid *oid)
{
	if (strspn(text, "0123456789abcdef") != OID_LEN)
		return false;
	memcpy(oid->hex, text, OID_LEN);
	oid->hex[OID_LEN] = '\0';
	return true;
}

bool oid_equal(const struct oid *a, const struct oid *b)
{
	return !strcmp(a->hex, b->hex);
}

/*
 * Hooks, attributes and line ends of a repository that a user works in must
 * not change what we make of a patch.
 */
static const char *const fixed[] = {
	"-c", "core.hooksPath=/dev/null", "-c", "core.autocrlf=false",
	"-c", "core.fsmonitor=false", "-c", "gc.auto=0",
	"-c", "advice.detachedHead=false", "-c", "commit.gpgSign=false",
	"-c", "diff.noprefix=false", "-c", "diff.mnemonicPrefix=false",
	"-c", "diff.algorithm=myers", "-c", "checkout.workers=-1",
};

int git_run(struct run *r, const char *repo, const char *const *args)
{
	size_t nfixed = sizeof(fixed) / sizeof(*fixed);
	autofree const char **argv = NULL;
	size_t n = 0;

	while (args[n])
		n++;
	argv = xcalloc(n + nfixed + 4, sizeof(*argv));
	argv[0] = "git";
	argv[1] = "-C";
	argv[2] = repo;
	memcpy(argv + 3, fixed, sizeof(fixed));
	memcpy(argv + 3 + nfixed, args, n * sizeof(*args));
	r->argv = argv;
	n = run(r);
	r->argv = NULL;
	return n;
}

static const char **collect(va_list ap)
{
	const char **args = NULL;
	size_t n = 0;

	do {
		*array_more(args, n) = va_arg(ap, const char *);
	} while (args[n++]);
	return args;
}

/* Run git with the words of @ap; *@command is the first of them. */
static int vrun(struct run *r, const char *repo, va_list ap, const char **command)
{
	const char **args = collect(ap);
	int err = git_run(r, repo, args);

	*command = args[0];
	free(args);
	return err;
}

/* Make an error of a status that is not 0. */
static int judge(int err, enum status st, const struct run *r, const char *repo,
		 const char *command)
{
	if (err || !r->status)
		return err;
	return fail(st, "git %s in %s: %s", command, repo, run_why(r));
}

int git(enum status st, const char *repo, ...)
{
	struct run r = { 0 };
	const char *command;
	va_list ap;
	int err;

	va_start(ap, repo);
	err = vrun(&r, repo, ap, &command);
	va_end(ap);
	err = judge(err, st, &r, repo, command);
	run_free(&r);
	return err;
}

int git_out(enum status st, char **out, const char *repo, ...)
{
	struct run r = { 0 };
	const char *command;
	va_list ap;
	int err;

	va_start(ap, repo);
	err = vrun(&r, repo, ap, &command);
	va_end(ap);
	err = judge(err, st, &r, repo, command);
	*out = NULL;
	if (!err) {
		*out = r.out;
		r.out = NULL;
		if (r.out_len && (*out)[r.out_len - 1] == '\n')
			(*out)[r.out_len - 1] = '\0';
	}
	run_free(&r);
	return err;
}

int git_try(bool *ok, const char *repo, ...)
{
	struct run r = { 0 };
	const char *command;
	va_list ap;
	int err;

	va_start(ap, repo);
	err = vrun(&r, repo, ap, &command);
	va_end(ap);
	*ok = !err && !r.status;
	run_free(&r);
	return err;
}

static int remove_lock(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	size_t len = strlen(path);

	if (type == FTW_F && len > 5 && !strcmp(path + len - 5, ".lock"))
		unlink(path);
	return 0;
}

void git_sweep(const char *git_dir)
{
	nftw(git_dir, remove_lock, 16, FTW_PHYS);
}

int git_resolve(enum status st, const char *repo, const char *rev, struct oid *oid)
{
	int err = git_find(repo, rev, oid);

	if (err || *oid->hex)
		return err;
	return fail(st, "%s: no such revision in %s", rev, repo);
}

/* What stands in a commit or tree is asked for often, and never changes. */
struct fixed {
	char *where;
	struct oid id;
};

static void *lasting;

static int by_where(const void *a, const void *b)
{
	const struct fixed *x = a, *y = b;

	return strcmp(x->where, y->where);
}

/* "<full id>:<path>" and "<full id>^{<type>}", but no name that may come to mean another. */
static bool is_fixed(const char *rev)
{
	struct oid id;

	return oid_parse(rev, &id) && (rev[OID_LEN] == ':' || rev[OID_LEN] == '^');
}

static bool recall(const char *repo, const char *rev, struct oid *oid)
{
	autofree char *where = xasprintf("%s %s", repo, rev);
	struct fixed *const *found;

	found = is_fixed(rev) ? tfind(&(struct fixed){ .where = where }, &lasting, by_where) : NULL;
	if (found)
		*oid = (*found)->id;
	return found;
}

static void remember(const char *repo, const char *rev, const struct oid *oid)
{
	struct fixed *f;

	if (!*oid->hex || !is_fixed(rev))
		return;
	f = xcalloc(1, sizeof(*f));
	f->where = xasprintf("%s %s", repo, rev);
	f->id = *oid;
	tsearch(f, &lasting, by_where);
}

int git_find(const char *repo, const char *rev, struct oid *oid)
{
	struct run r = { 0 };
	int err;

	memset(oid, 0, sizeof(*oid));
	if (recall(repo, rev, oid))
		return ST_OK;
	err = git_run(&r, repo, (const char *[]){ "rev-parse", "--quiet",
		      "--verify", rev, NULL });
	if (!err && !r.status)
		oid_parse(r.out, oid);
	remember(repo, rev, oid);
	run_free(&r);
	return err;
}
