/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * build/prove/linux, the kernel work tree that points are built in.  Nobody else
 * touches it, so object directories below it stay warm from commit to commit.
 */
#ifndef KTREE_H
#define KTREE_H

#include "git.h"
#include "overlay.h"
#include "project.h"

/* The tests of a series laid over the tree. */
struct laid {
	const char *slug;
	int level;		/* how many patches of the series the commit has */
	int before;		/* the same of the commit's parent */
	bool selftests;		/* whether its kselftests are to be built, too */
};

struct ktree {
	const struct project *project;
	char *path;
	struct overlay overlay;
	struct oid at;		/* what is checked out, empty: not known */
	char *tests;		/* what is laid over it, and at which levels */
	int hold;
};

/* Make it when it is not there, and take its lock, waiting for another run's end. */
int ktree_open(struct ktree *t, const struct project *p);

/* Lift the tests and let it go. */
void ktree_close(struct ktree *t);

/*
 * Check @commit of p->apply out and lay the tests over it, at their levels of
 * before when @before.  Files that do not differ are not written.
 */
int ktree_goto(struct ktree *t, const struct oid *commit, const struct laid *laid,
	       size_t n, bool before);

/* What the tests of @kind ("kunit" or "selftests") over a commit are; the caller frees. */
int laid_text(const struct project *p, const char *kind, const struct laid *laid, size_t n,
	      bool before, char **text);

/*
 * Whether @path is a C file, header or assembly of the kernel itself: not of tools/,
 * scripts/, samples/ or Documentation/.
 */
bool ktree_is_source(const char *path);

/*
 * Those of them that are new or others in @commit than in @parent.  The caller
 * frees with names_free().
 */
int ktree_sources(const struct project *p, const struct oid *parent,
		  const struct oid *commit, char ***source, size_t *n);

/* The id of a commit's tree. */
int ktree_id(const struct project *p, const struct oid *commit, struct oid *tree);

#endif
