/* SPDX-License-Identifier: GPL-2.0-only */
/* TAP for tests of one file's functions; see fields_test.c for how it is used. */
#ifndef TEST_H
#define TEST_H

#include <stdbool.h>
#include <stdio.h>

static int test_count, test_bad;

/* One result; @what says what holds. */
#define check(cond, what) test_result((cond), (what), #cond, __LINE__)

static inline void test_result(bool good, const char *what, const char *cond, int line)
{
	printf("%sok %d - %s\n", good ? "" : "not ", ++test_count, what);
	if (good)
		return;
	printf("# line %d: %s\n", line, cond);
	test_bad++;
}

/* The plan and the exit status: return test_end() from main(). */
static inline int test_end(void)
{
	printf("1..%d\n", test_count);
	return test_bad > 0;
}

#endif
