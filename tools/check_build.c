// SPDX-License-Identifier: GPL-2.0-only
#include "judge.h"
#include "kbuild_checks.h"
#include "status.h"

static int judge(const struct kbuild_point *pt, const struct built *b, struct verdict *v)
{
	const struct result *r = &b->now;
	struct warnings all;
	size_t known;

	if (r->made == NOT_MADE)
		return judge_void(r, "the build did not come to its end", v);
	if (r->made == NOT_CONFIGURED)
		return verdict(v, V_FAIL, FAIL_CONFIG, "the configuration %s does not hold:\n%s",
			       pt->config, r->why);
	if (r->made == NOT_COMPILED)
		return verdict(v, V_FAIL, FAIL_BUILD, "%s", r->why);
	if (pt->parent && judge_new(&r->said, &b->before.said,
				    HEAR(BY_COMPILER) | HEAR(BY_DOC), FAIL_BUILD, v))
		return ST_OK;
	said_all(&r->said, &all);
	known = all.n;
	warnings_free(&all);
	return verdict(v, V_PASS, FAIL_NONE, "%zu objects, %zu of them changed; %zu known warnings",
		       r->objects.n, pt->parent ?
		       objects_changed(&r->objects, &b->before.objects) : r->objects.n, known);
}

int check_build_run(const struct kbuild_point *pt, struct verdict *v)
{
	return judge_point(pt, judge, v);
}
