// SPDX-License-Identifier: GPL-2.0-only
/* Known issues, and when they are issues themselves. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "known.h"
#include "mem.h"
#include "status.h"
#include "t/test.h"

#define TODAY "2026-06-15"
#define WHY "Link: https://example.org/1\nReason: It is slow.\n"
#define REST "Says: too slow\nUntil: 2026-12-31\n" WHY

static struct known known;
static struct series alpha = { .slug = "alpha" };
static const struct check kunit = { .name = "kunit@x86_64" };
static const struct subject base = { .name = "base" };
static const struct subject one = { .name = "alpha/1", .series = &alpha, .nr = 1 };
static const struct subject two = { .name = "alpha/2", .series = &alpha, .nr = 2 };
static struct job jobs[3];
static struct plan plan = { .job = jobs, .n = 3 };

/* kunit at the base and both points, all of which passed, but alpha/2. */
static void make_plan(enum verdict_kind kind, const char *text)
{
	const struct subject *const subjects[] = { &base, &one, &two };

	for (size_t i = 0; i < 3; i++) {
		verdict_free(&jobs[i].verdict);
		jobs[i] = (struct job){ .check = &kunit, .subject = subjects[i], .judged = true };
		verdict(&jobs[i].verdict, V_PASS, FAIL_NONE, "5 passed");
	}
	verdict(&jobs[2].verdict, kind, FAIL_TEST, "%s", text);
}

static int read_text(const char *text)
{
	char path[] = "/tmp/known.XXXXXX";
	int fd = mkstemp(path), err;

	known_free(&known);
	close(fd);
	err = file_write(path, text, strlen(text)) ? ST_INFRA : known_read(&known, path);
	unlink(path);
	return err;
}

/* How many issues are wrong; the lines that say so are no TAP. */
static size_t apply(const char *today)
{
	FILE *f = fopen("/dev/null", "w");
	size_t n = known_apply(&known, &plan, today, f);

	fclose(f);
	return n;
}

/* How many issues are wrong, with alpha/2 like that. */
static size_t wrong(const char *issue, enum verdict_kind kind, const char *text)
{
	autofree char *all = xasprintf("Issue: %s\n" REST, issue);

	make_plan(kind, text);
	return read_text(all) ? 99 : apply(TODAY);
}

static void test_matching(void)
{
	check(!wrong("alpha/2 kunit@x86_64", V_FAIL, "it was too slow") &&
	      jobs[2].verdict.kind == V_WARN, "a known failure is a warning");
	check(strstr(jobs[2].verdict.text, "It is slow. (https://example.org/1)") &&
	      strstr(jobs[2].verdict.text, "it was too slow"),
	      "with the reason, and with what was found");
	check(jobs[0].verdict.kind == V_PASS && jobs[1].verdict.kind == V_PASS,
	      "others are what they were");
	check(!wrong("alpha kunit@*", V_VOID, "too slow") && jobs[2].verdict.kind == V_WARN,
	      "of a series and all machines");
	check(!wrong("alpha/1-2 *", V_FLAKY, "too slow") && jobs[2].verdict.kind == V_WARN,
	      "or some patches");
}

static void test_stale(void)
{
	check(wrong("alpha/2 kunit@x86_64", V_FAIL, "it crashed") == 1 &&
	      jobs[2].verdict.kind == V_FAIL, "another failure is not known");
	check(wrong("alpha/2 kunit@x86_64", V_PASS, "too slow") == 1,
	      "an issue that is gone is wrong");
	check(wrong("alpha/1 kunit@x86_64", V_FAIL, "too slow") == 1 &&
	      jobs[2].verdict.kind == V_FAIL, "one of another patch does not help");
	check(wrong("base kunit@x86_64", V_FAIL, "too slow") == 1, "nor one of the base");
	check(wrong("alpha/3 kunit@x86_64", V_FAIL, "too slow") == 1, "nor one of no patch");
	check(wrong("alpha/2 kunit", V_FAIL, "too slow") == 1, "nor one of no check");
	make_plan(V_PASS, "5 passed");
	jobs[2].flakes = 1;
	check(!read_text("Issue: alpha/2 *\n" REST) && apply(TODAY) == 1,
	      "what was flaky once is gone when it passes");
	jobs[2].flakes = 2;
	check(!apply(TODAY), "what was flaky twice is not");
	make_plan(V_PASS, "5 passed");
	jobs[2].judged = false;
	check(!read_text("Issue: alpha/2 *\n" REST) && !apply(TODAY),
	      "what was not judged is not gone");
}

static void test_dates(void)
{
	make_plan(V_FAIL, "too slow");
	check(!read_text("Issue: alpha/2 *\n" REST) &&
	      apply("2027-01-01") == 1 && jobs[2].verdict.kind == V_FAIL,
	      "an issue expires");
	check(!apply("2026-12-31") && jobs[2].verdict.kind == V_WARN,
	      "but not before its last day is over");
}

static void test_files(void)
{
	known_free(&known);
	check(!known_read(&known, "/nowhere/known-issues") && !known.n, "no file, no issues");
	check(!read_text("Issue: base *\n" REST "Issue: alpha *\n" REST) && known.n == 2,
	      "a file holds several");
	check(read_text("Issue: alpha\n" REST) == ST_INPUT, "an issue without a check is refused");
	check(read_text("Issue: alpha/0 *\n" REST) == ST_INPUT, "so is patch 0");
	check(read_text("Issue: alpha/3-2 *\n" REST) == ST_INPUT, "a range that is none");
	check(read_text("Issue: /2 *\n" REST) == ST_INPUT, "no slug");
	check(read_text(REST) == ST_INPUT, "lines that belong to none");
	check(read_text("Issue: alpha *\nSays: a\nUntil: 2026-01-01\nLink: b\n") == ST_INPUT,
	      "no reason");
	check(read_text("Issue: alpha *\n" REST "Says: b\n") == ST_INPUT, "two texts");
	check(read_text("Issue: alpha *\nSays: a\nUntil: soon\n" WHY) == ST_INPUT,
	      "a date that is none");
	check(read_text("Issue: alpha *\nSays: a\nUntil: 2026-13-01\n" WHY) == ST_INPUT,
	      "a month that is none");
	check(!read_text("Issue: alpha *\nSays: a\nUntil: 2026-12-01\n" WHY), "but one that is");
}

int main(void)
{
	test_matching();
	test_stale();
	test_dates();
	test_files();
	known_free(&known);
	make_plan(V_PASS, "");
	for (size_t i = 0; i < 3; i++)
		verdict_free(&jobs[i].verdict);
	return test_end();
}
