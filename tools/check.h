/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The questions asked of a point, a file check_<name>.c each.  A new one is that
 * file and a row of the table in check.c.
 */
#ifndef CHECK_H
#define CHECK_H

#include "kbuild_checks.h"
#include "key.h"
#include "subject.h"
#include "verdict.h"

struct check {
	const char *name;
	const char *what;	/* the question, for a person */
	const char *digest;	/* of the check's own source */
	const char *config;	/* of a kernel check: configs/kernel/<config>.config */
	int (*built)(const struct kbuild_point *pt, struct verdict *v);

	/*
	 * Whether the question makes sense at @s.  A check that asks nothing
	 * anywhere is a hole, so a reason to ask nothing is a verdict (V_SKIP) of
	 * run(), and this is for what no patch could change.
	 */
	bool (*applies)(const struct check *c, const struct subject *s);

	/* Add all that the verdict depends on, besides the check itself. */
	int (*inputs)(const struct check *c, const struct subject *s, struct key *k);

	/*
	 * Find out.  A status other than ST_OK is for what is no verdict: the run
	 * was interrupted, the store of the machine is full.
	 */
	int (*run)(const struct check *c, const struct subject *s, struct verdict *v);
};

extern const struct check check_doc;
extern const struct check check_fuzz;
extern const struct check check_mail;
extern const struct check check_proof;
extern const struct check check_style;
extern const struct check check_suite;
extern const struct check check_x86_64_build, check_x86_64_link, check_x86_64_w1,
	check_x86_64_sparse, check_x86_64_inert, check_compiled, check_x86_64_kunit, check_x86_64_console,
	check_um_kunit, check_um_console, check_x86_64_kselftest_build, check_x86_64_kselftest,
	check_x86_64_unchanged;

/* All checks, the cheap ones first; ends with NULL. */
extern const struct check *const checks[];

/* The check called @name, NULL when there is none. */
const struct check *check_find(const char *name);

/* Where the checks that read patches apply: anywhere but at the base. */
bool check_has_patch(const struct check *c, const struct subject *s);

#endif
