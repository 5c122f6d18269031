// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "judge.h"
#include "mem.h"
#include "status.h"

/* How many complaints a person wants to see. */
#define SHOWN 10

int judge_point(const struct kbuild_point *pt,
		int (*judge)(const struct kbuild_point *pt, const struct built *b,
			     struct verdict *v),
		struct verdict *v)
{
	struct built b;
	int err = built_have(pt, &b);

	if (!err)
		err = judge(pt, &b, v);
	built_free(&b);
	return err;
}

bool judge_new(const struct said *now, const struct said *before, unsigned int by,
	       enum failure failure, struct verdict *v)
{
	struct warnings all, old, fresh;
	autofree char *text = NULL;
	size_t n;

	said_all(now, &all);
	said_all(before, &old);
	warnings_new(&all, &old, by, &fresh);
	n = fresh.n;
	text = warnings_text(&fresh, SHOWN);
	warnings_free(&all);
	warnings_free(&old);
	warnings_free(&fresh);
	if (n)
		verdict(v, V_FAIL, failure, "%zu new:\n%s", n, text);
	return n;
}

const char *judge_left_over(const struct said *said, const char *const *object, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct output *o = said_by(said, object[i]);

		if (!o || o->failed)
			return object[i];
	}
	return NULL;
}

static enum failure failure_of(enum made made)
{
	switch (made) {
	case NOT_CONFIGURED:
		return FAIL_CONFIG;
	case NOT_LINKED:
		return FAIL_LINK;
	case NOT_MADE:
		return FAIL_INFRA;
	default:
		return FAIL_BUILD;
	}
}

int judge_void(const struct result *r, const char *what, struct verdict *v)
{
	return verdict(v, V_VOID, failure_of(r->made), "%s:\n%s", what, r->why);
}

bool judge_strict(const struct kbuild_point *pt, const struct built *b, struct verdict *v)
{
	autofree const char **object = NULL;
	size_t n;

	if (!pt->parent) {
		verdict(v, V_SKIP, FAIL_NONE, "the base has no patch");
		return true;
	}
	if (b->now.made != MADE) {
		judge_void(&b->now, "the kernel could not be built", v);
		return true;
	}
	if (b->before.made != MADE) {
		judge_void(&b->before, "nothing to compare with: the kernel before it could not be built", v);
		return true;
	}
	users_objects(&b->users, &object, &n);
	if (!n)
		verdict(v, V_SKIP, FAIL_NONE, "the patch touches no object of %s", pt->config);
	return !n;
}
