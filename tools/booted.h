/* SPDX-License-Identifier: GPL-2.0-only */
/* A point's kernel, run with the kselftests of that point. */
#ifndef BOOTED_H
#define BOOTED_H

#include "boot.h"
#include "built.h"
#include "selftests.h"
#include "verdict.h"

struct booted {
	struct built built;
	const struct result *kernel;	/* of built: which of the two was to run */
	struct selftests tests;
	struct boot boot;		/* empty unless the kernel was made */
};

/*
 * Have the kernel of @pt, or that of its parent when @before, run.  Tests that
 * could not be built are left out.  @more as for boot_have(); the caller frees with
 * booted_free() in any case.
 */
int booted_have(const struct kbuild_point *pt, bool before, bool more, struct booted *b);

/* One kselftest. */
struct booted_test {
	const char *name;
	unsigned int seconds;	/* that it may take on hardware; 0: as its settings say */
};

/* The same with no kselftest but @test, which need not be there. */
int booted_with(const struct kbuild_point *pt, const struct booted_test *test, bool more,
		struct booted *b);

/* The same, now, with the programs of @slug's bench/ and no test. */
int booted_bench(const struct kbuild_point *pt, const char *slug, struct booted *b);

/*
 * Judge all at once: V_PASS when each test that was to run has passed, with nothing on
 * the console to complain of; V_VOID when there was none, or no kernel.
 */
void booted_judge(const struct booted *b, struct verdict *v);
void booted_free(struct booted *b);

#endif
