// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judge.h"
#include "kbuild_checks.h"
#include "mem.h"
#include "status.h"

/* Objects that are others than before, one to a line; NULL when none is. */
static char *changed(const struct built *b, const char *const *object, size_t n)
{
	char *text;
	size_t len;
	FILE *f = xmemstream(&text, &len);

	for (size_t i = 0; i < n; i++) {
		const struct object *now = objects_find(&b->now.objects, object[i]);
		const struct object *was = objects_find(&b->before.objects, object[i]);

		if (!now || !was || strcmp(now->hash.hex, was->hash.hex))
			fprintf(f, "\n%s%s", object[i], was ? "" : " (is new)");
	}
	fclose(f);
	if (len)
		return text;
	free(text);
	return NULL;
}

static int judge(const struct kbuild_point *pt, const struct built *b, struct verdict *v)
{
	autofree const char **object = NULL;
	autofree char *others = NULL;
	size_t n;

	if (judge_strict(pt, b, v))
		return ST_OK;
	users_objects(&b->users, &object, &n);
	others = changed(b, object, n);
	if (others)
		return verdict(v, V_FAIL, FAIL_BUILD, "said to be inert, but these objects changed:%s",
			       others);
	return verdict(v, V_PASS, FAIL_NONE, "%zu objects are the same", n);
}

int check_inert_run(const struct kbuild_point *pt, struct verdict *v)
{
	return judge_point(pt, judge, v);
}
