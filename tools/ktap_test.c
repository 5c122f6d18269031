// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "t/test.h"

#define V "KTAP version 1\n"

static struct ktap k;

static void read_text(const char *text)
{
	ktap_free(&k);
	ktap_read(&k, text);
}

static bool counts(unsigned int passed, unsigned int failed, unsigned int skipped)
{
	return k.passed == passed && k.failed == failed && k.skipped == skipped;
}

/* Well-formed, with these results. */
static bool good(const char *text, unsigned int passed, unsigned int failed,
		 unsigned int skipped)
{
	read_text(text);
	return !k.problem && counts(passed, failed, skipped);
}

static bool bad(const char *text, const char *why)
{
	read_text(text);
	return k.problem && strstr(k.problem, why);
}

static void flat(void)
{
	check(good(V "1..2\nok 1 a\nok 2 b\n", 2, 0, 0), "a plan that is kept");
	check(good("TAP version 13\n1..1\nok 1 - a\n", 1, 0, 0) && !strcmp(k.top->name, "a"),
	      "TAP and its hyphen");
	check(good(V "ok 1 a\n1..1\n", 1, 0, 0), "TAP's plan may come last");
	check(good(V "1..2\nok 1 a\nnot ok 2 b # exit=1\n", 1, 1, 0) &&
	      !strcmp(k.failure, "b"), "a failure and its name");
	check(good(V "1..2\nok 1 a # SKIP no eth0\nok 2 # skip later\n", 0, 0, 2) &&
	      !strcmp(k.skip, "a: SKIP no eth0"),
	      "skipped, and why");
	check(good(V "1..3\nnot ok 1 a # TODO later\nok 2 b # XFAIL known\nok 3 c # TODO\n", 1, 0, 2),
	      "what is expected to fail proves nothing");
	check(good(V "1..1\nnot ok 1 a # TIMEOUT 45 seconds\n", 0, 1, 0) && k.timeouts == 1,
	      "a timeout is known as one");
	check(good(V "1..2\n# x.y: Test terminated by timeout\n#  FAIL  x.y\nnot ok 1 x.y\nok 2 b\n",
		   1, 1, 0) && k.timeouts == 1, "so is that of a test with a limit of its own");
	check(good(V "1..2\n# x.y: Test terminated by timeout\nok 1 x.y\nnot ok 2 b\n", 1, 1, 0) &&
	      !k.timeouts, "which is that test's alone");
	check(good("[    0.5] " V "[    0.5][    T1] 1..1\r\n[   10.123456] ok 1 a\r\n", 1, 0, 0),
	      "time stamps and carriage returns do not count");
	check(good("noise\n" V "1..1\nmore noise\nok 1 a\nok computer\nthe end\n", 1, 0, 0),
	      "other lines are not ours");
	check(good(V "1..1\n# said before\n# twice\nnot ok 1 a\n", 0, 1, 0) &&
	      !strcmp(k.words, "# said before\n# twice"), "what was said before a failure");
	check(good(V "1..1\nok 1 a\n" V "1..1\nok 1 b\n", 2, 0, 0) && k.ntop == 2,
	      "two documents after each other");
	check(ktap_find(&k, "b") && ktap_find(&k, "b")->ok && !ktap_find(&k, "c"),
	      "a result is found by its name");
}

static void faults(void)
{
	check(bad("", "no test results"), "nothing at all");
	check(bad("ok 1 a\n1..1\n", "no test results"), "results without a version");
	check(bad(V "ok 1 a\n", "no plan"), "no plan");
	check(bad(V "1..2\nok 1 a\n", "planned 2"), "too few results");
	check(bad(V "1..1\nok 1 a\nok 2 b\n", "planned 1"), "too many results");
	check(bad(V "1..1\n1..1\nok 1 a\n", "second plan"), "two plans");
	check(bad(V "1..2\nok 1 a\nok 3 b\n", "number 3"), "a gap in the numbers");
	check(bad(V "1..2\nok 1 a\nok 1 a\n", "number 1"), "a number twice");
	check(bad(V "1..2\nok 1 a\nBail out! no memory\n", "no memory"), "bailing out");
	check(bad(V "1..1\n" V "1..1\nok 1 b\n", "planned 1"), "a document that breaks off");
	check(bad(V "1..2\nok 1 a\nok b\n", "planned 2"), "a result without a number");
}

static void kunit(void)
{
	static const char suite[] =
		V "1..1\n"
		"    KTAP version 1\n    # Subtest: s\n    # module: m\n    1..3\n"
		"    # a: initializing\n    ok 1 a\n"
		"        KTAP version 1\n        # Subtest: b\n"
		"        ok 1 x=1\n        ok 2 x=2\n    ok 2 b\n"
		"    ok 3 c # SKIP not here\n# s: pass:2 fail:0 skip:1 total:3\n";

	read_text(suite);
	check(k.problem && strstr(k.problem, "without the result"), "a suite without its result");
	{
		char text[600];

		snprintf(text, sizeof(text), "%sok 1 s\n", suite);
		check(good(text, 3, 0, 1), "cases and parameters are counted, suites are not");
		check(k.ntop == 1 && !strcmp(k.top->name, "s") && k.top->passed == 3,
		      "a suite knows its own");
		snprintf(text, sizeof(text), "%snot ok 1 s\n", suite);
		check(good(text, 3, 1, 1) && !strcmp(k.failure, "s"),
		      "a suite may fail though its cases pass");
	}
	check(good(V "1..1\n    " V "    # Subtest: s\n    1..1\n"
		   "    # a: EXPECTATION FAILED at f.c:5\n    Expected x == 1\n"
		   "    not ok 1 a\nnot ok 1 s\n", 0, 1, 0) &&
	      !strcmp(k.failure, "s: a") && strstr(k.words, "EXPECTATION") &&
	      strstr(k.words, "Expected x"), "a failed case, its suite and its words");
	check(bad(V "1..1\n    " V "    # Subtest: s\n    1..1\n    not ok 1 a\nok 1 s\n",
		  "s: says ok, but a inside failed"), "a suite that hides a failure");
	check(bad(V "1..1\n    " V "    # Subtest: s\n    1..2\n    ok 1 a\nok 1 s\n",
		  "s: planned 2 tests, but 1"), "a suite that breaks off");
	check(bad(V "1..1\n    " V "    # Subtest: s\n    ok 1 a\nok 1 s\n", "s: no plan"),
	      "a suite without a plan");
	check(bad(V "1..1\n    # Subtest: s\n    1..1\n    not ok 1 a\nok 1 s\n", "s: no version"),
	      "a suite without a version");
}

static void kselftest(void)
{
	check(good(V "1..1\n# TAP version 13\n# 1..2\n# # words\n# ok 1 x\n# ok 2 y\nok 1 t\n",
		   2, 0, 0), "TAP of a test");
	check(good(V "1..1\n# TAP version 13\n# 1..2\n# ok 1 x\nnot ok 1 t # signal=11\n", 1, 1, 0) &&
	      !strcmp(k.failure, "t"), "TAP that breaks off in a crash is a failure, no riddle");
	check(good(V "1..1\n# TAP version 13\n# 1..2\n# not ok 1 x\n# ok 2 y\nnot ok 1 t # exit=1\n",
		   1, 1, 0) && !strcmp(k.failure, "t: x"), "its failure has the test's name");
	check(good(V "1..1\n# TAP version 13\n# 1..0 # SKIP no kvm\nok 1 t # SKIP\n", 0, 0, 1),
	      "a test that skips all");
	check(good(V "1..1\n# TAP version 13\n# 1..2\n# ok 1 x\n# ok 2 y # SKIP z\nok 1 t # SKIP\n", 0, 0, 2),
	      "a test that says it was skipped passed nothing");
	check(good(V "1..1\n# ok 7 is what it said\nok 1 t\n", 1, 0, 0),
	      "words are no results without a version");
	check(bad(V "1..1\n# TAP version 13\n# 1..2\n# ok 1 x\nok 1 t\n", "planned 2"),
	      "status 0 over TAP that breaks off");
	check(bad(V "1..1\n# TAP version 13\n# 1..1\n# not ok 1 x\nok 1 t\n", "says ok"),
	      "status 0 over a failure");
	check(good(V "1..1\n# TAP version 13\n# 1..0\nok 1 t\n", 0, 0, 1),
	      "a test without a test passed nothing");
}

int main(void)
{
	flat();
	faults();
	kunit();
	kselftest();
	ktap_free(&k);
	return test_end();
}
