// SPDX-License-Identifier: GPL-2.0-only
#include "judge.h"
#include "kbuild_checks.h"
#include "status.h"

static int judge(const struct kbuild_point *pt, const struct built *b, struct verdict *v)
{
	const struct result *r = &b->now;

	if (r->made == NOT_LINKED)
		return verdict(v, V_FAIL, FAIL_LINK, "%s", r->why);
	if (r->made != MADE)
		return judge_void(r, "nothing was linked", v);
	if (pt->parent && judge_new(&r->said, &b->before.said,
				    HEAR(BY_OBJTOOL) | HEAR(BY_MODPOST) | HEAR(BY_LINKER),
				    FAIL_LINK, v))
		return ST_OK;
	return verdict(v, V_PASS, FAIL_NONE, "image %.12s", r->image.hex);
}

int check_link_run(const struct kbuild_point *pt, struct verdict *v)
{
	return judge_point(pt, judge, v);
}
