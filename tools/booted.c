// SPDX-License-Identifier: GPL-2.0-only
#include "booted.h"
#include "mem.h"
#include "status.h"

static int have(const struct kbuild_point *pt, bool before, const struct booted_test *only,
		bool more, struct booted *b)
{
	autofree char *point = before ? xasprintf("the commit before %s", pt->name) :
					xstrdup(pt->name);
	struct booting what = {
		.project = pt->project, .machine = pt->machine, .point = point,
		.words = pt->words, .run = pt->run, .limit = pt->limit,
	};
	int err;

	*b = (struct booted){ 0 };
	err = built_have(pt, &b->built);
	b->kernel = before ? &b->built.before : &b->built.now;
	if (err || b->kernel->made != MADE)
		return err;
	err = selftests_have(pt, before, &b->tests);
	if (!err && only)
		err = selftests_only(&b->tests, only->name, only->seconds);
	what.image = &b->kernel->image;
	what.tests = &b->tests;
	return err ? err : boot_have(&b->boot, &what, more);
}

int booted_have(const struct kbuild_point *pt, bool before, bool more, struct booted *b)
{
	return have(pt, before, NULL, more, b);
}

int booted_with(const struct kbuild_point *pt, const struct booted_test *test, bool more,
		struct booted *b)
{
	return have(pt, false, test, more, b);
}

void booted_free(struct booted *b)
{
	boot_free(&b->boot);
	selftests_free(&b->tests);
	built_free(&b->built);
}
