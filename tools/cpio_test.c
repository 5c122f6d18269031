// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cpio.h"
#include "file.h"
#include "mem.h"
#include "status.h"
#include "t/test.h"

static struct cpio_entry entries[] = {
	{ CPIO_DIR, "dev", .mode = 0755 },
	{ CPIO_CONSOLE, "dev/console", .mode = 0600 },
	{ CPIO_TEXT, "tests", "one\ntwo\n", 0644 },
	{ CPIO_TEXT, "empty", "", 0644 },
	{ CPIO_FILE, "init", NULL, 0755 },
	{ CPIO_LINK, "sbin", "bin", 0777 },
};
#define COUNT (sizeof(entries) / sizeof(*entries))

/* Whether there is a header of @name with that mode and size, all as newc has them. */
static bool has_header(const char *data, size_t len, const char *name, const char *mode,
		       const char *size)
{
	for (const char *p = data; p + 110 < data + len; p++)
		if (!memcmp(p, "070701", 6) && !strcmp(p + 110, name))
			return !memcmp(p + 14, mode, 8) && !memcmp(p + 54, size, 8);
	return false;
}

int main(void)
{
	char dir[] = "/tmp/cpio_test.XXXXXX";
	autofree char *a = NULL, *b = NULL, *bin = NULL, *data = NULL, *again = NULL;
	size_t len, len2;

	check(mkdtemp(dir), "a directory to work in");
	a = xasprintf("%s/a", dir);
	b = xasprintf("%s/b", dir);
	bin = xasprintf("%s/bin", dir);
	check(!file_write(bin, "\177ELF\0\1", 6), "a file with a NUL");
	entries[4].from = bin;

	check(!cpio_write(a, entries, COUNT), "an archive is written without root");
	check(!file_read(a, &data, &len), "it is there");
	check(has_header(data, len, "dev", "000041ed", "00000000"), "a directory");
	check(has_header(data, len, "dev/console", "00002180", "00000000"), "a device node");
	check(memmem(data, len, "0000000500000001", 16), "its numbers are 5:1");
	check(has_header(data, len, "tests", "000081a4", "00000008"), "a text");
	check(has_header(data, len, "empty", "000081a4", "00000000"), "an empty text");
	check(has_header(data, len, "init", "000081ed", "00000006"), "a file with its mode");
	check(memmem(data, len, "\177ELF\0\1", 6), "and its content");
	check(has_header(data, len, "sbin", "0000a1ff", "00000003"), "a symlink");
	check(has_header(data, len, "TRAILER!!!", "00000000", "00000000"), "an end");

	sleep(1);
	check(!cpio_write(b, entries, COUNT) && !file_read(b, &again, &len2) &&
	      len == len2 && !memcmp(data, again, len), "a second later the same bytes");

	entries[4].from = "/no/such/file";
	unlink(a);
	check(cpio_write(a, entries, COUNT) == ST_INPUT && !file_exists(a),
	      "a file that is not there is refused and nothing is left");
	tree_remove(dir);
	return test_end();
}
