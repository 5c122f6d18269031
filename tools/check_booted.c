// SPDX-License-Identifier: GPL-2.0-only
/* What is asked of a running kernel. */
#include <stdlib.h>
#include <string.h>

#include "judge.h"
#include "kbuild_checks.h"
#include "mem.h"
#include "rerun.h"
#include "status.h"

/* The verdict when there is nothing to judge. */
static bool nothing_ran(const struct kbuild_point *pt, const struct booted *b,
			enum guest_part part, struct verdict *v)
{
	if (b->kernel->made != MADE)
		judge_void(b->kernel, "there is no kernel to run", v);
	else if (part != GUEST_TESTS)
		return false;
	else if (!selftests_any(pt))
		verdict(v, V_SKIP, FAIL_NONE, "no series up to here has kselftests");
	else if (b->tests.why)
		verdict(v, V_VOID, FAIL_BUILD, "there are no kselftests to run:\n%s", b->tests.why);
	else if (!b->tests.n)
		verdict(v, V_VOID, FAIL_TEST, "the makefiles of the kselftests list no program");
	else
		return false;
	return true;
}

/* What is asked, of which point. */
struct question {
	const struct kbuild_point *pt;
	enum guest_part part;
};

static int judge(const struct booted *b, const struct guest *g, const void *data,
		 struct verdict *v)
{
	const struct question *q = data;
	autofree const char **name = NULL;

	if (nothing_ran(q->pt, b, q->part, v))
		return ST_OK;
	name = selftests_names(&b->tests);
	return guest_judge(g, q->part, q->part == GUEST_TESTS ? name : NULL, v);
}

static int judge_part(const struct kbuild_point *pt, enum guest_part part, struct verdict *v)
{
	const struct question q = { pt, part };
	struct booted b;
	int err = rerun_judge(pt, false, judge, &q, &b, v);

	if (!err && b.boot.point && strcmp(b.boot.point, pt->name)) {
		v->from = b.boot.point;
		b.boot.point = NULL;
	}
	booted_free(&b);
	return err;
}

int check_console_run(const struct kbuild_point *pt, struct verdict *v)
{
	return judge_part(pt, GUEST_CONSOLE, v);
}

int check_kunit_run(const struct kbuild_point *pt, struct verdict *v)
{
	return judge_part(pt, GUEST_KUNIT, v);
}

int check_kselftest_run(const struct kbuild_point *pt, struct verdict *v)
{
	return judge_part(pt, GUEST_TESTS, v);
}
