/* SPDX-License-Identifier: GPL-2.0-only */
/* git, called with nobody's configuration but the one given here. */
#ifndef GIT_H
#define GIT_H

#include <stdbool.h>
#include <stddef.h>

#include "status.h"

struct run;

/* Length of an object id in hex; the stack's repositories are SHA-1. */
#define OID_LEN 40
struct oid {
	char hex[OID_LEN + 1];
};

/* Put a full object id at the start of @text into @oid; false when there is none. */
bool oid_parse(const char *text, struct oid *oid);
bool oid_equal(const struct oid *a, const struct oid *b);

/*
 * Run "git -C @repo @args..." (the list ends with NULL) and fail with @st and
 * git's own words when its status is not 0.  git_out() also hands out what it
 * printed, without the last newline, the caller's to free.
 */
int git(enum status st, const char *repo, ...) __attribute__((sentinel));
int git_out(enum status st, char **out, const char *repo, ...)
	__attribute__((sentinel));

/* As git(), but @ok tells whether its status was 0, and a failure is no error. */
int git_try(bool *ok, const char *repo, ...) __attribute__((sentinel));

/*
 * Any run of git: @args ends with NULL; input, env and show may be set in @r
 * before.  The caller judges r->status and calls run_free().
 */
int git_run(struct run *r, const char *repo, const char *const *args);

/*
 * Remove the locks that a killed git left in @git_dir: git removes those it has when
 * it is told to end, but for one it has just made.  Only for a repository in which
 * nobody else is at work.
 */
void git_sweep(const char *git_dir);

/* What @rev names in @repo, an error of status @st when it names nothing. */
int git_resolve(enum status st, const char *repo, const char *rev, struct oid *oid);

/* As git_resolve(), but a @rev that names nothing gives an empty @oid. */
int git_find(const char *repo, const char *rev, struct oid *oid);

#endif
