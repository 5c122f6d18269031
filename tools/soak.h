/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * selftests/<slug>/soak: kselftests of a series that are worth running for long, a
 * line each:
 *
 *	<program> <seconds> [<NAME>=<value>...]
 *
 * What follows the seconds is put on the kernel's command line, and what the kernel
 * does not know there it hands to its init as environment.
 */
#ifndef SOAK_H
#define SOAK_H

#include <stddef.h>

struct soak {
	char *test;		/* "<slug>/<program>" */
	unsigned int seconds;
	char *words;		/* NULL: none */
};

struct soaks {
	struct soak *soak;
	size_t n;
};

/*
 * Add those of @slug under @root to @all; it may have none.  ST_INPUT when the file
 * is malformed.  The caller calls soaks_free() in any case.
 */
int soaks_read(struct soaks *all, const char *root, const char *slug);
void soaks_free(struct soaks *all);

#endif
