// SPDX-License-Identifier: GPL-2.0-only
#include "booted.h"
#include "mem.h"
#include "status.h"

/* What to run of the tests: all, one, or a benchmark instead. */
struct asked {
	const struct booted_test *only;
	const char *bench;
};

static int tests_have(const struct kbuild_point *pt, bool before, const struct asked *asked,
		      struct selftests *st)
{
	int err;

	if (asked->bench)
		return selftests_bench(pt, asked->bench, st);
	err = selftests_have(pt, before, st);
	if (!err && asked->only)
		err = selftests_only(st, asked->only->name, asked->only->seconds);
	return err;
}

static int have(const struct kbuild_point *pt, bool before, const struct asked *asked, bool more,
		struct booted *b)
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
	err = tests_have(pt, before, asked, &b->tests);
	what.image = &b->kernel->image;
	what.tests = &b->tests;
	return err ? err : boot_have(&b->boot, &what, more);
}

int booted_have(const struct kbuild_point *pt, bool before, bool more, struct booted *b)
{
	return have(pt, before, &(struct asked){ NULL }, more, b);
}

int booted_with(const struct kbuild_point *pt, const struct booted_test *test, bool more,
		struct booted *b)
{
	return have(pt, false, &(struct asked){ .only = test }, more, b);
}

int booted_bench(const struct kbuild_point *pt, const char *slug, struct booted *b)
{
	return have(pt, false, &(struct asked){ .bench = slug }, false, b);
}

void booted_judge(const struct booted *b, struct verdict *v)
{
	autofree const char **name = selftests_names(&b->tests);

	if (b->kernel->made != MADE)
		verdict(v, V_VOID, FAIL_BUILD, "there is no kernel to run:\n%s", b->kernel->why);
	else if (b->tests.why)
		verdict(v, V_VOID, FAIL_BUILD, "the tests could not be built:\n%s", b->tests.why);
	else if (!b->tests.n)
		verdict(v, V_VOID, FAIL_TEST, "there is no such test");
	else
		guest_judge(&b->boot.guest, GUEST_TESTS, name, v);
	if (v->kind == V_PASS)
		guest_judge(&b->boot.guest, GUEST_CONSOLE, NULL, v);
}

void booted_free(struct booted *b)
{
	boot_free(&b->boot);
	selftests_free(&b->tests);
	built_free(&b->built);
}
