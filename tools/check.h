/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The questions asked of a point, a file check_<name>.c each.  A new one is that
 * file and a row of the list in check.c.  A question about kernels is asked in each
 * configuration or on each machine that there is: as "<name>@<where>".
 */
#ifndef CHECK_H
#define CHECK_H

#include "configs.h"
#include "kbuild_checks.h"
#include "key.h"
#include "subject.h"
#include "verdict.h"

/* What a question is about, besides the point. */
enum about {
	ABOUT_POINT,		/* and nothing else */
	ABOUT_KERNEL,		/* built in a configuration */
	ABOUT_RUN,		/* of that kernel on a machine */
	ABOUT_TESTS,		/* kselftests in such a run */
	ABOUT_KERNELS,		/* in all configurations together */
};

struct check {
	const char *name;	/* without "@<where>" in the list of questions */
	const char *what;	/* the question, for a person */
	const char *digest;	/* of the check's own source */
	enum about about;
	const char *config;	/* of ABOUT_KERNEL, _RUN and _TESTS: whose kernel, */
	const char *machine;	/* and of the last two: on what it runs */
	bool special;		/* that is a special one */
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

extern const struct check check_cocci;
extern const struct check check_doc;
extern const struct check check_fuzz;
extern const struct check check_lock;
extern const struct check check_mail;
extern const struct check check_model;
extern const struct check check_proof;
extern const struct check check_style;
extern const struct check check_suite;
extern const struct check check_build, check_link, check_w1, check_sparse, check_clang,
	check_inert, check_outside, check_console, check_kunit, check_kselftest_build, check_kselftest,
	check_unchanged, check_compiled;

/* The questions where they are asked, the cheap ones first. */
struct checks {
	struct check *check;
	size_t n;
};

/* All checks of a project with @cs, which has to stay; the caller calls checks_free(). */
void checks_of(const struct configs *cs, struct checks *all);
void checks_free(struct checks *all);

/*
 * Whether @c is asked of kselftests at @s, and those of the series of @s are among them:
 * at a tip, machines that it is not for run those of the series below.
 */
bool check_tests_series(const struct check *c, const struct subject *s);

/*
 * Drop those about kernels that none of @machines runs, names with blanks between, and
 * about runs on others.  ST_USAGE when one is not there.
 */
int checks_select(struct checks *all, const struct configs *cs, const char *machines);

/* The check called @name, NULL when there is none. */
const struct check *checks_find(const struct checks *all, const char *name);

/* The part of its name after '@': the configuration or machine it is about, or "". */
const char *check_where(const struct check *c);

/*
 * A machine with which checks_select() keeps @c; NULL when it keeps it with any, or
 * when no machine runs its kernel.
 */
const char *check_machine(const struct check *c, const struct configs *cs);

/* Whether it is about a kernel that is a variant of another. */
bool check_in_variant(const struct check *c);

/* Where the checks that read patches apply: anywhere but at the base. */
bool check_has_patch(const struct check *c, const struct subject *s);

#endif
