// SPDX-License-Identifier: GPL-2.0-only
/*
 * A patch that changes objects, but is said to change no behaviour: one and the
 * same program has the same results before it and with it.
 */
#include <stdlib.h>
#include <string.h>

#include "booted.h"
#include "judge.h"
#include "kbuild_checks.h"
#include "ktap.h"
#include "mem.h"
#include "status.h"

static const struct guest_test *find(const struct selftests *st, const char *name)
{
	for (size_t i = 0; i < st->n; i++)
		if (!strcmp(st->test[i].name, name))
			return &st->test[i];
	return NULL;
}

/* True, with @v set, when @test did not run and pass in @b. */
static bool not_passed(const struct booted *b, const char *test, const char *when,
		       struct verdict *v)
{
	const char *const names[] = { test, NULL };
	autofree char *why = NULL;

	if (b->kernel->made != MADE) {
		judge_void(b->kernel, "there is no kernel to run", v);
		return true;
	}
	if (!find(&b->tests, test)) {
		verdict(v, V_VOID, FAIL_TEST, "%s: no kselftest is called %s%s%s", when, test,
			b->tests.why ? ": " : "", b->tests.why ? b->tests.why : "");
		return true;
	}
	guest_judge(&b->boot.guest, GUEST_TESTS, names, v);
	if (v->kind == V_PASS)
		return false;
	why = xstrdup(v->text);
	verdict(v, v->kind, v->failure, "%s: %s", when, why);
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
	int err;

	if (not_passed(before, test, "before the patch", v) ||
	    not_passed(now, test, "with the patch", v))
		return ST_OK;
	err = same_program(before, now, test, &same);
	if (!err && !same)
		return verdict(v, V_VOID, FAIL_TEST, "%s is another program with the patch than before it, so nothing can be compared",
			       test);
	return err ? err : compare(before, now, test, v);
}

int check_unchanged_run(const struct kbuild_point *pt, const char *test, struct verdict *v)
{
	struct booted before = { 0 }, now;
	int err = booted_have(pt, false, false, &now);

	if (!err)
		err = booted_have(pt, true, false, &before);
	if (!err)
		err = judge(&before, &now, test, v);
	booted_free(&before);
	booted_free(&now);
	return err;
}
