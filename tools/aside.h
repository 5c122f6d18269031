/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Single objects compiled in an object directory beside the warm one, that has a
 * configuration of its own: which options there are depends on compiler and commit.
 */
#ifndef ASIDE_H
#define ASIDE_H

#include "built.h"

struct aside {
	const char *name;	/* of the directory, beside others of its configuration */
	bool llvm;		/* by clang, not by gcc */
	const struct kbuild_point *point;
};

/*
 * Compile the @n @object at the commit of a->point, or at its parent when @before, and
 * put what each said into @said.  *@wrong is NULL, or says why nothing could be
 * configured.  The caller frees both.
 */
int aside_run(const struct aside *a, bool before, const char *const *object, size_t n,
	      struct said *said, char **wrong);

#endif
