/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kselftests that a point's guest runs: those of series that are laid over it,
 * and those of the kernel's own that its machine is to run.
 */
#ifndef SELFTESTS_H
#define SELFTESTS_H

#include "built.h"
#include "initramfs.h"
#include "said.h"

struct selftests {
	char *why;		/* they could not be built, and this is why; NULL: they were */
	struct said said;	/* by the compilers, of those of series */
	struct guest_test *test;	/* "<slug>/<program>", then "<target>/<program>" */
	size_t n;
	struct hash hash;	/* over names, time-outs and content of them all */
};

/*
 * Have the tests of @pt built, those of the parent and its levels when @before.
 * None are there where the architecture runs none or nobody has any.  What is wrong
 * with them is in @st; the caller frees with selftests_free() in any case.
 */
int selftests_have(const struct kbuild_point *pt, bool before, struct selftests *st);

/* The programs of @slug's bench/ instead, "<slug>/bench/<program>". */
int selftests_bench(const struct kbuild_point *pt, const char *slug, struct selftests *st);

/* Drop all tests but @name, and give that @seconds unless they are 0. */
int selftests_only(struct selftests *st, const char *name, unsigned int seconds);
void selftests_free(struct selftests *st);

/* The names of all of them, ended by NULL; the caller frees the array alone. */
const char **selftests_names(const struct selftests *st);

/* A digest of all that selftests_have() depends on. */
int selftests_inputs(const struct kbuild_point *pt, bool before, struct hash *h);

/* Whether there is anything to build for @pt. */
bool selftests_any(const struct kbuild_point *pt);

#endif
