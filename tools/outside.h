/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * selftests/<slug>/outside: tests of a series that look at a built kernel from outside
 * (at its objects, or by booting it in ways of their own), a line each:
 *
 *	<script> <seconds>
 *
 * <script> is a path below selftests/<slug>/, and is run as
 *
 *	<script> OBJECTS LEVEL TREE
 *
 * where OBJECTS is the object directory, TREE its source, and LEVEL says how many
 * patches of the series are applied.  It prints KTAP.
 */
#ifndef OUTSIDE_H
#define OUTSIDE_H

#include <stdbool.h>

#include "built.h"
#include "key.h"
#include "verdict.h"

/* Whether the series @slug under @root has any. */
bool outside_has(const char *root, const char *slug);

/* Add the tests of @slug to a key; its mutants, which are no tests, are left out. */
int outside_key(const char *root, const char *slug, struct key *k);

/*
 * Run those of @slug, or @only that one unless it is NULL, on the kernel of @pt and
 * judge them together: the first that does not pass, or how many cases passed.
 */
int outside_run(const struct kbuild_point *pt, const char *slug, int level,
		const char *only, struct verdict *v);

#endif
