/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The checks of a build, a file check_<name>.c each, and of what runs.  What the
 * verdicts of builds depend on is built_inputs(), for "compiled" that of each
 * configuration; those of kselftests selftests_inputs(), and of what runs both
 * and boot_inputs().
 */
#ifndef KBUILD_CHECKS_H
#define KBUILD_CHECKS_H

#include "built.h"
#include "verdict.h"

/* Is pt->config configured as asked, and compiled without a new warning? */
int check_build_run(const struct kbuild_point *pt, struct verdict *v);

/* Is it linked, with nothing new to say for objtool, modpost and ld? */
int check_link_run(const struct kbuild_point *pt, struct verdict *v);

/* Do the objects that the patch touches compile with W=1 without a new warning? */
int check_w1_run(const struct kbuild_point *pt, struct verdict *v);

/* Does sparse, having run on each of them, say nothing new? */
int check_sparse_run(const struct kbuild_point *pt, struct verdict *v);

/*
 * Do the objects that a whole series touches compile with clang without a new warning?
 * @tip is its last point, @series the same with what is below the series as its parent.
 */
int check_clang_run(const struct kbuild_point *tip, const struct kbuild_point *series,
		    struct verdict *v);

/* Is every source file of the patch compiled in one of pt->configs? */
int check_compiled_run(const struct kbuild_point *pt, struct verdict *v);

/* For a patch that is said to change no object: are all those it touches the same? */
int check_inert_run(const struct kbuild_point *pt, struct verdict *v);

/* Do the kselftests laid over the point build without a warning? */
int check_kselftest_build_run(const struct kbuild_point *pt, struct verdict *v);

/* Does the kernel boot, run all that is in it, and complain of nothing? */
int check_console_run(const struct kbuild_point *pt, struct verdict *v);

/* Do the KUnit suites in it pass? */
int check_kunit_run(const struct kbuild_point *pt, struct verdict *v);

/* Do the kselftests pass in it? */
int check_kselftest_run(const struct kbuild_point *pt, struct verdict *v);

/* Does the kselftest @test run the same in the kernel before the patch and in this one? */
int check_unchanged_run(const struct kbuild_point *pt, const char *test, struct verdict *v);

#endif
