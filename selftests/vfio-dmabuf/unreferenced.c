// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tests before this one have made buffers, and mapped, revoked, unmapped and
 * closed them in all orders, some of that in vain. Nothing of it is left: there is
 * no memory that nothing in the kernel points to.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../../kselftest_harness.h"

#define KMEMLEAK "/sys/kernel/debug/kmemleak"

/* What is younger is not reported (mm/kmemleak.c: MSECS_MIN_AGE); s */
#define MIN_AGE	5

/* A scan goes through all memory, in a slow kernel; s */
#define LIMIT	300

/* Whether the kernel was told to look for leaks, so that it has to. */
static bool asked_for(void)
{
	FILE *f = fopen("/proc/cmdline", "re");
	char line[4096] = "";
	bool asked = f && fgets(line, sizeof(line), f) && strstr(line, "kmemleak=on");

	if (f)
		fclose(f);
	return asked;
}

static int scan(void)
{
	int fd = open(KMEMLEAK, O_WRONLY | O_CLOEXEC), ret;

	if (fd < 0)
		return -1;
	ret = write(fd, "scan", 4) == 4 ? 0 : -1;
	close(fd);
	return ret;
}

/* The first of what was found; what @found has room for */
static int read_found(char *found, size_t size)
{
	int fd = open(KMEMLEAK, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -1;
	n = read(fd, found, size - 1);
	close(fd);
	if (n < 0)
		return -1;
	found[n] = '\0';
	return 0;
}

FIXTURE(unreferenced) {
};

FIXTURE_SETUP(unreferenced)
{
	if (!asked_for())
		SKIP(return, "this machine does not look for leaks");
}

FIXTURE_TEARDOWN(unreferenced)
{
}

TEST_F_TIMEOUT(unreferenced, none, LIMIT)
{
	char found[2048];

	sleep(MIN_AGE + 1);
	/* What has changed since it was last looked at is in use: look twice. */
	ASSERT_EQ(scan(), 0);
	ASSERT_EQ(scan(), 0);
	ASSERT_EQ(read_found(found, sizeof(found)), 0);
	EXPECT_STREQ(found, "");
}

TEST_HARNESS_MAIN
