/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A point built in one configuration, beside its parent: what the checks of a
 * build read.  It is made once and kept in build/prove/<config>/, under digests of
 * what it depends on; a linear walk builds every commit once, for "before this
 * patch" is what was found after the one below it.
 */
#ifndef BUILT_H
#define BUILT_H

#include "basetests.h"
#include "ktree.h"
#include "result.h"
#include "users.h"

/* What is asked about. */
struct kbuild_point {
	const struct project *project;
	const char *name;		/* of the point, for a person */
	const char *config;		/* configs/kernel/<config>.config */
	const char *machine;		/* that it is run on; NULL for what is only built */
	const char *const *configs;	/* all that the series is judged in; ends with NULL */
	const struct oid *commit;
	const struct oid *parent;	/* NULL at the base, which has no patch */
	const struct laid *laid;	/* tests over it, and over its parent */
	size_t nlaid;
	const struct basetests *basetests;	/* of the kernel's own, to be run; or NULL */
	const char *words;		/* more for the kernel's command line, or NULL */
	unsigned int run;		/* 0, or which of several runs of the guest this is */
	unsigned int limit;		/* seconds that a guest gets, boot and all; 0: what it needs */
};

struct built {
	struct result now;
	struct result before;	/* the parent's; empty at the base */
	char **source;		/* C files, headers and assembly that the patch touches */
	size_t nsource;
	struct users users;	/* what is made of them */
	struct said strict;	/* with W=1 and sparse, of the touched objects only; */
	struct said strict_before;	/* empty when a commit could not be built */
};

/*
 * Have @pt built.  Whatever is wrong with the kernel is in @b; an error is what
 * keeps us from finding out.  The caller frees with built_free() in any case.
 */
int built_have(const struct kbuild_point *pt, struct built *b);
void built_free(struct built *b);

/* A point's kernel in its object directory, and nobody else there. */
struct held {
	struct ktree tree;
	struct kbuild kbuild;
	struct result now;
};

/*
 * Be at @pt with its object directory up to date; what is wrong with the kernel is in
 * h->now.  The caller ends with built_let_go() in any case.
 */
int built_hold(const struct kbuild_point *pt, struct held *h);
void built_let_go(struct held *h);

/*
 * What is made of the @n files @source at pt->commit, for a point that built_have()
 * made a kernel of: the object directory is brought there if it is elsewhere by now.
 * The caller frees.
 */
int built_users(const struct kbuild_point *pt, char *const *source, size_t n,
		struct users *us);

/* A digest of all that built_have() depends on. */
int built_inputs(const struct kbuild_point *pt, struct hash *h);

#endif
