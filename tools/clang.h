/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Objects compiled by clang, in an object directory beside the warm one that has a
 * configuration of its own: which options there are depends on the compiler.
 */
#ifndef CLANG_H
#define CLANG_H

#include "built.h"

/*
 * Compile the @n @object at pt->commit, or at its parent when @before, and put what
 * each said into @said.  *@wrong is NULL, or says why nothing could be configured.
 * The caller frees both.
 */
int clang_run(const struct kbuild_point *pt, bool before, const char *const *object,
	      size_t n, struct said *said, char **wrong);

#endif
