/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * configs/kselftests/<machine>: the kernel's own kselftests that have to pass there,
 * a line each:
 *
 *	<target>/<program> <seconds>	that it may take on hardware
 *
 * <target> is a directory of tools/testing/selftests.  '#' begins a comment line;
 * there it is said why the others of a target are not listed.
 */
#ifndef BASETESTS_H
#define BASETESTS_H

#include <stddef.h>

struct basetest {
	char *name;		/* "<target>/<program>" */
	unsigned int seconds;
};

struct basetests {
	struct basetest *test;
	size_t n;
};

/*
 * Read those of @machine under @root; a machine may have none.  ST_INPUT when the
 * file is malformed.  The caller calls basetests_free() in any case.
 */
int basetests_read(struct basetests *t, const char *root, const char *machine);
void basetests_free(struct basetests *t);

/* The test called @name, NULL when it is not listed. */
const struct basetest *basetests_find(const struct basetests *t, const char *name);

/* All targets, each once, with blanks between; the caller frees. */
char *basetests_targets(const struct basetests *t);

#endif
