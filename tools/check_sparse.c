// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "judge.h"
#include "kbuild_checks.h"
#include "mem.h"
#include "status.h"
#include "tool.h"

/* Whether sparse gave up on a file before its end. */
static bool gave_up(const struct output *o)
{
	for (size_t i = 0; i < o->warnings.n; i++)
		if (o->warnings.w[i].by == BY_SPARSE &&
		    !strcmp(o->warnings.w[i].text, "too many errors"))
			return true;
	return false;
}

/* How many objects sparse ran on, to the end; *@missed is one that it did not. */
static size_t count(const struct built *b, const char *const *object, size_t n,
		    const char **missed)
{
	size_t checked = 0;

	*missed = NULL;
	for (size_t i = 0; i < n; i++) {
		const struct output *o = said_by(&b->strict, object[i]);

		if (o && !strcmp(o->verb, "AS"))
			continue;
		if (o && o->checked && !o->failed && !gave_up(o))
			checked++;
		else
			*missed = object[i];
	}
	return checked;
}

static int judge(const struct kbuild_point *pt, const struct built *b, struct verdict *v)
{
	autofree const char **object = NULL;
	const char *missed;
	size_t n, checked;

	if (!tool_there("sparse"))
		return verdict(v, V_VOID, FAIL_INFRA, "sparse is not in PATH; `make setup` installs it");
	if (judge_strict(pt, b, v) ||
	    judge_new(&b->strict, &b->strict_before, HEAR(BY_SPARSE), FAIL_BUILD, v))
		return ST_OK;
	users_sample(&b->users, &object, &n);
	checked = count(b, object, n, &missed);
	if (missed)
		return verdict(v, V_VOID, FAIL_INFRA, "sparse did not get to the end of what %s is made from",
			       missed);
	if (!checked)
		return verdict(v, V_SKIP, FAIL_NONE, "only assembly is touched, which sparse does not read");
	return verdict(v, V_PASS, FAIL_NONE, "%zu objects", checked);
}

int check_sparse_run(const struct kbuild_point *pt, struct verdict *v)
{
	return judge_point(pt, judge, v);
}
