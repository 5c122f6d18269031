/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tests of series laid over a kernel tree, without a commit, and taken out:
 *
 *	kunit/<slug>/      ->  lib/stack/<slug>/
 *	selftests/<slug>/  ->  tools/testing/selftests/stack/<slug>/, bench/ below it, too
 *
 * with one line each at the end of lib/Kconfig.debug and lib/Makefile.  How many
 * patches of a series the tree has is CONFIG_STACK_LEVEL_<SLUG> for lib/stack/ and
 * STACK_LEVEL_<SLUG> of "../level.h" for kselftests, so that a case can be compiled
 * in from the patch that makes it true; in a .kunitconfig "# from patch <n>" drops
 * the next line below that level.
 */
#ifndef OVERLAY_H
#define OVERLAY_H

#include "series.h"

/* A kernel tree that tests are laid over. */
struct overlay {
	const char *root;	/* the project's top directory */
	const char *tree;	/* the kernel's */
	int hold;
};

/*
 * Begin with @tree, which has to be a kernel with none of those directories of
 * its own; what an earlier run left in it is taken out.  ST_BUSY when another process lays tests over it right now.
 */
int overlay_begin(struct overlay *o, const char *root, const char *tree);

/* Whether there are tests of @slug. */
bool overlay_has(const struct overlay *o, const char *slug);

/*
 * The level of @s in the tree: how many of its first patches stand, by their
 * subjects, in the last commits of its history.
 */
int overlay_level(const struct overlay *o, const struct series *s, int *level);

/* Lay the tests of @slug for @level; several series may be laid. */
int overlay_lay(const struct overlay *o, const char *slug, int level);

/* Take everything out again.  Needs no other program, so it works when interrupted. */
int overlay_lift(const struct overlay *o);

void overlay_end(struct overlay *o);

/* A .kunitconfig without the lines that hold from a later patch on; the caller frees. */
char *overlay_config_at(const char *text, int level);

#endif
