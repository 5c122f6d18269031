// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "judge.h"
#include "kbuild_checks.h"
#include "mem.h"
#include "status.h"

static int judge(const struct kbuild_point *pt, const struct built *b, struct verdict *v)
{
	autofree const char **object = NULL;
	const char *missing;
	size_t n;

	if (judge_strict(pt, b, v) ||
	    judge_new(&b->strict, &b->strict_before, HEAR(BY_COMPILER) | HEAR(BY_DOC) |
		      HEAR(BY_OBJTOOL), FAIL_BUILD, v))
		return ST_OK;
	users_sample(&b->users, &object, &n);
	missing = judge_left_over(&b->strict, object, n);
	if (missing)
		return verdict(v, V_VOID, FAIL_BUILD, "%s was not compiled with W=1", missing);
	return verdict(v, V_PASS, FAIL_NONE, "%zu objects", n);
}

int check_w1_run(const struct kbuild_point *pt, struct verdict *v)
{
	return judge_point(pt, judge, v);
}
