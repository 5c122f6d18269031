// SPDX-License-Identifier: GPL-2.0-only
/*
 * A patch that changes objects, but is said to change no behaviour: one and the
 * same program has the same results before it and with it.
 */
#include <stdlib.h>
#include <string.h>

#include "judge.h"
#include "kbuild_checks.h"
#include "ktap.h"
#include "mem.h"
#include "rerun.h"
#include "status.h"

static const struct guest_test *find(const struct selftests *st, const char *name)
{
	for (size_t i = 0; i < st->n; i++)
		if (!strcmp(st->test[i].name, name))
			return &st->test[i];
	return NULL;
}

/* Whether the test @data ran and passed in @g. */
static int judge_test(const struct booted *b, const struct guest *g, const void *data,
		      struct verdict *v)
{
	const char *test = data;
	const char *const names[] = { test, NULL };

	if (b->kernel->made != MADE)
		return judge_void(b->kernel, "there is no kernel to run", v);
	if (!find(&b->tests, test))
		return verdict(v, V_VOID, FAIL_TEST, "no kselftest is called %s%s%s", test,
			       b->tests.why ? ": " : "", b->tests.why ? b->tests.why : "");
	return guest_judge(g, GUEST_TESTS, names, v);
}

/* True, with @v set, when it did not pass by @when's verdict. */
static bool not_passed(const struct verdict *one, const char *when, struct verdict *v)
{
	if (one->kind == V_PASS || one->kind == V_FLAKY)
		return false;
	verdict(v, one->kind, one->failure, "%s: %s", when, one->text);
	return true;
}

static int same_program(const struct booted *before, const struct booted *now,
			const char *test, bool *same)
{
	struct hash was, is;
	int err = hash_file(find(&before->tests, test)->program, &was);

	if (!err)
		err = hash_file(find(&now->tests, test)->program, &is);
	*same = !err && !strcmp(was.hex, is.hex);
	return err;
}

static int compare(const struct booted *before, const struct booted *now, const char *test,
		   struct verdict *v)
{
	const struct ktap_top *was, *is;
	struct ktap a, b;

	guest_results(&before->boot.guest, GUEST_TESTS, &a);
	guest_results(&now->boot.guest, GUEST_TESTS, &b);
	was = ktap_find(&a, test);
	is = ktap_find(&b, test);
	if (was->passed == is->passed && was->skipped == is->skipped)
		verdict(v, V_PASS, FAIL_NONE, "%s: %u passed, %u skipped, before and with the patch",
			test, is->passed, is->skipped);
	else
		verdict(v, V_FAIL, FAIL_TEST, "%s: %u passed and %u skipped before the patch, %u and %u with it",
			test, was->passed, was->skipped, is->passed, is->skipped);
	ktap_free(&a);
	ktap_free(&b);
	return ST_OK;
}

static int judge(const struct booted *before, const struct booted *now, const char *test,
		 struct verdict *v)
{
	bool same;
	int err = same_program(before, now, test, &same);

	if (!err && !same)
		return verdict(v, V_VOID, FAIL_TEST, "%s is another program with the patch than before it, so nothing can be compared",
			       test);
	return err ? err : compare(before, now, test, v);
}

/* A comparison with a run that passed only when it was run once more is flaky, too. */
static void take_flaky(const struct verdict *one, struct verdict *v)
{
	if (v->kind != V_PASS || one->kind != V_FLAKY)
		return;
	verdict(v, V_FLAKY, one->failure, "%s", one->text);
	v->event = xstrdup(one->event);
}

int check_unchanged_run(const struct kbuild_point *pt, const char *test, struct verdict *v)
{
	struct verdict was = { 0 }, is = { 0 };
	struct booted before = { 0 }, now;
	int err = rerun_judge(pt, false, judge_test, test, &now, &is);

	if (!err)
		err = rerun_judge(pt, true, judge_test, test, &before, &was);
	if (!err && !not_passed(&was, "before the patch", v) &&
	    !not_passed(&is, "with the patch", v))
		err = judge(&before, &now, test, v);
	if (!err) {
		take_flaky(&was, v);
		take_flaky(&is, v);
	}
	verdict_free(&was);
	verdict_free(&is);
	booted_free(&before);
	booted_free(&now);
	return err;
}
