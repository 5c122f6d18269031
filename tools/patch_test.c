// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "patch.h"
#include "status.h"
#include "t/test.h"

#define HEADERS \
	"From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\n" \
	"From: A Tester <tester@example.org>\n" \
	"Date: Tue, 14 Nov 2023 22:13:20 +0000\n" \
	"Subject: [PATCH] one: say ten\n\n"
#define MESSAGE "For a reason.\n---\n one.c | 2 +-\n\n"
#define FILES "diff --git a/one.c b/one.c\nindex 1..2 100644\n--- a/one.c\n+++ b/one.c\n"
#define HUNK "@@ -1,2 +1,2 @@\n one\n-two\n+ten\n"

static int read_text(struct patch *p, const char *text, size_t len)
{
	char path[] = "/tmp/patch_test.XXXXXX";
	int fd = mkstemp(path), err;

	close(fd);
	err = file_write(path, text, len);
	if (!err)
		err = patch_read(p, path);
	unlink(path);
	return err;
}

/* Whether @text reads as a patch, or is refused as input. */
static int reads(const char *text)
{
	struct patch p;
	int err = read_text(&p, text, strlen(text));

	patch_free(&p);
	return err;
}

static const struct {
	const char *what;
	const char *text;
} good[] = {
	{ "a patch", HEADERS MESSAGE FILES HUNK },
	{ "a hunk of one line", HEADERS FILES "@@ -1 +1 @@\n-two\n+ten\n" },
	{ "no newline at the end of the file",
	  HEADERS FILES "@@ -1 +1 @@\n-two\n\\ No newline at end of file\n+ten\n\\ No newline at end of file\n" },
	{ "an empty line of context without its blank", HEADERS FILES "@@ -1,2 +1,2 @@\n\n-two\n+ten\n" },
	{ "no last newline", HEADERS FILES "@@ -1 +1 @@\n-two\n+ten" },
	{ "two hunks and a section", HEADERS FILES HUNK "@@ -9,1 +9,2 @@ int main(void)\n nine\n+more\n" },
	{ "two files", HEADERS FILES HUNK "diff --git a/b/c.h b/b/c.h\n--- a/b/c.h\n+++ b/b/c.h\n" HUNK },
	{ "a new file", HEADERS "diff --git a/n b/n\nnew file mode 100644\n--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+x\n" },
	{ "a file that goes", HEADERS "diff --git a/n b/n\ndeleted file mode 100755\n--- a/n\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n" },
	{ "an empty file", HEADERS "diff --git a/n b/n\nnew file mode 100644\nindex 0..e\n" },
	{ "a mode", HEADERS "diff --git a/n b/n\nold mode 100644\nnew mode 100755\n" },
	{ "a rename", HEADERS "diff --git a/from b/to\nsimilarity index 100%\nrename from from\nrename to to\n" },
	{ "a copy", HEADERS "diff --git a/from b/to\nsimilarity index 100%\ncopy from from\ncopy to to\n" },
	{ "a binary file", HEADERS "diff --git a/n b/n\nnew file mode 100644\nindex 0..8\nGIT binary patch\nliteral 3\nKcmZQzWC8#H2LJ>B\n\n" },
	{ "names that only look like others",
	  HEADERS "diff --git a/.gitignore b/.gitignore\n--- a/.gitignore\n+++ b/.gitignore\n" HUNK
	  "diff --git a/a..b/c... b/a..b/c...\n--- a/a..b/c...\n+++ b/a..b/c...\n" HUNK },
	{ "lines of C that look like headers", HEADERS FILES "@@ -1,2 +1,2 @@\n--- a/../x\n+++ b/../x\n /* */\n" },
	{ "a signature", HEADERS FILES HUNK "-- \n2.39.5\n\n" },
};

static const struct {
	const char *what;
	const char *text;
} bad[] = {
	{ "nothing", "" },
	{ "no mail", "diff --git a/one.c b/one.c\n--- a/one.c\n+++ b/one.c\n" HUNK },
	{ "headers only", "From 0000\nFrom: x <x@y>\nDate: now\nSubject: x\n" },
	{ "headers and an empty line", "From 0000\nFrom: x <x@y>\nDate: now\nSubject: x\n\n" },
	{ "no From:", "From 0000\nDate: now\nSubject: x\n\n" FILES HUNK },
	{ "no Date:", "From 0000\nFrom: x <x@y>\nSubject: x\n\n" FILES HUNK },
	{ "no Subject:", "From 0000\nFrom: x <x@y>\nDate: now\n\n" FILES HUNK },
	{ "an empty subject", "From 0000\nFrom: x <x@y>\nDate: now\nSubject: [PATCH] \n\n" FILES HUNK },
	{ "no diff", HEADERS MESSAGE },
	{ "a second mail", HEADERS MESSAGE FILES HUNK "\n" HEADERS FILES HUNK },
	{ "a message with a line of a mailbox", HEADERS "From here on\n---\n" FILES HUNK },
	{ "lines that end in CR", "From 0000\r\nFrom: x <x@y>\r\nDate: now\r\nSubject: x\r\n\r\ndiff --git a/n b/n\r\n" },
	{ "a hunk that ends early", HEADERS FILES "@@ -1,3 +1,3 @@\n one\n-two\n+ten\n" },
	{ "a hunk that ends in another file", HEADERS FILES "@@ -1,3 +1,3 @@\n one\n-two\n+ten\n" FILES HUNK },
	{ "a hunk that ends in another hunk", HEADERS FILES "@@ -1,3 +1,3 @@\n one\n-two\n+ten\n" HUNK },
	{ "a hunk with too many lines out", HEADERS FILES "@@ -1,1 +1,2 @@\n-one\n-two\n+ten\n+more\n" },
	{ "a hunk with too many lines in", HEADERS FILES "@@ -1,2 +1,1 @@\n+one\n+two\n-ten\n-more\n" },
	{ "a hunk with one more line than it says", HEADERS FILES HUNK "+eleven\n" },
	{ "a hunk with one more line of context", HEADERS FILES HUNK " eleven\n" },
	{ "a hunk without a body", HEADERS FILES "@@ -1,2 +1,2 @@\n" },
	{ "a hunk without numbers", HEADERS FILES "@@ @@\n one\n" },
	{ "a hunk without new numbers", HEADERS FILES "@@ -1,2 @@\n one\n-two\n" },
	{ "a hunk with a negative number", HEADERS FILES "@@ -1,-2 +1,2 @@\n one\n-two\n" },
	{ "a hunk with a huge number", HEADERS FILES "@@ -1,99999999999 +1,1 @@\n one\n" },
	{ "a hunk before any file", HEADERS HUNK FILES HUNK },
	{ "lines that were wrapped", HEADERS FILES "@@ -1,2 +1,2 @@\n one\n-two\nand more\n+ten\n" },
	{ "an absolute path", HEADERS "diff --git a//etc/passwd b//etc/passwd\n--- a//etc/passwd\n+++ b//etc/passwd\n" HUNK },
	{ "a path that leaves the tree", HEADERS "diff --git a/../x b/../x\n--- a/../x\n+++ b/../x\n" HUNK },
	{ "a path that leaves it later", HEADERS "diff --git a/b/../../x b/b/../../x\n--- a/b/../../x\n+++ b/b/../../x\n" HUNK },
	{ "a path that ends so", HEADERS "diff --git a/b/.. b/b/..\n--- a/b/..\n+++ b/b/..\n" HUNK },
	{ "a path into git's own", HEADERS "diff --git a/.git/config b/.git/config\n--- a/.git/config\n+++ b/.git/config\n" HUNK },
	{ "in other letters", HEADERS "diff --git a/.GIT/config b/.GIT/config\n--- a/.GIT/config\n+++ b/.GIT/config\n" HUNK },
	{ "old and new that leave it in another way", HEADERS "diff --git a/x b/x\n--- a/x\n+++ ../../x.c\n" HUNK },
	{ "old as /dev/null and more", HEADERS "diff --git a/x b/x\n--- /dev/null/../etc/passwd\n+++ b/x\n" HUNK },
	{ "a new path that is absolute", HEADERS "diff --git a/x b/x\n--- a/x\n+++ /etc/passwd\n" HUNK },
	{ "another path than the first line's", HEADERS "diff --git a/x b/x\n--- a/x\n+++ b/y\n" HUNK },
	{ "a rename out of the tree", HEADERS "diff --git a/x b/../y\nrename from x\nrename to ../y\n" },
	{ "a rename to an absolute path", HEADERS "diff --git a/x b//y\nrename from x\nrename to /y\n" },
	{ "a copy of what is not in the tree", HEADERS "diff --git a/../../etc/passwd b/y\ncopy from ../../etc/passwd\ncopy to y\n" },
	{ "a rename that says not to what", HEADERS "diff --git a/x b/y\nrename from x\n" },
	{ "two paths and no rename", HEADERS "diff --git a/x b/y\n" },
	{ "no paths", HEADERS "diff --git \n" },
	{ "one path", HEADERS "diff --git a/x\n" },
	{ "paths without a/ and b/", HEADERS "diff --git one.c one.c\n--- one.c\n+++ one.c\n" HUNK },
	{ "a quoted path", HEADERS "diff --git \"a/\\303\" \"b/\\303\"\n--- \"a/\\303\"\n+++ \"b/\\303\"\n" HUNK },
	{ "a path with words for a shell", HEADERS "diff --git a/$(id) b/$(id)\n--- a/$(id)\n+++ b/$(id)\n" HUNK },
	{ "a path with words for a terminal", HEADERS "diff --git a/x\033[2J b/x\033[2J\n--- a/x\033[2J\n+++ b/x\033[2J\n" HUNK },
	{ "a path with a blank", HEADERS "diff --git a/a b b/a b\n--- a/a b\t\n+++ b/a b\t\n" HUNK },
	{ "a rename to one with a blank", HEADERS "diff --git a/x b/y z\nrename from x\nrename to y z\n" },
	{ "a hunk header in two lines", HEADERS FILES "@@ -1,1\n +1,1 @@\n-two\n+ten\n" },
	{ "a new symlink", HEADERS "diff --git a/l b/l\nnew file mode 120000\n--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+x\n" },
	{ "a symlink that goes", HEADERS "diff --git a/l b/l\ndeleted file mode 120000\n--- a/l\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n" },
	{ "a symlink that points elsewhere", HEADERS "diff --git a/l b/l\nindex 1..2 120000\n--- a/l\n+++ b/l\n" HUNK },
	{ "a file that becomes one", HEADERS "diff --git a/l b/l\nold mode 100644\nnew mode 120000\n" },
	{ "a submodule", HEADERS "diff --git a/s b/s\nnew file mode 160000\n--- /dev/null\n+++ b/s\n@@ -0,0 +1 @@\n+Subproject commit 1\n" },
	{ "a diff that is not git's", HEADERS MESSAGE "--- a/one.c\n+++ b/one.c\n" HUNK },
	{ "one after one of git's", HEADERS FILES HUNK "--- a/two.c\n+++ b/two.c\n" HUNK },
	{ "one that leaves the tree", HEADERS FILES HUNK "--- a/../two.c\n+++ b/../two.c\n" HUNK },
};

/* A hunk that is cut anywhere but at its end is refused. */
static bool cut_is_refused(void)
{
	static const char text[] = HEADERS FILES "@@ -1,3 +1,3 @@\n one\n-two\n+ten\n end\n";
	size_t from = strstr(text, "@@ -1,3") - text + 3;

	for (size_t len = from; len < strlen(text) - 4; len++) {
		struct patch p;
		int err = read_text(&p, text, len);

		patch_free(&p);
		if (err != ST_INPUT) {
			printf("# cut at %zu: %d\n", len, err);
			return false;
		}
	}
	return true;
}

/* A patch of many hunks takes no longer for each than one of few does. */
static bool many_are_read(void)
{
	enum { HUNKS = 400000 };
	char *text;
	size_t len;
	FILE *f = open_memstream(&text, &len);
	struct patch p;
	bool read;

	fputs(HEADERS FILES, f);
	for (int i = 1; i <= HUNKS; i++)
		fprintf(f, "@@ -%d +%d @@\n-a\n+b\n", i, i);
	fclose(f);
	alarm(60);
	read = !read_text(&p, text, len) && p.change->nhunk == HUNKS;
	alarm(0);
	patch_free(&p);
	free(text);
	return read;
}

static void check_parts(void)
{
	static const char text[] =
		"From 0000\nFrom: x <x@y>\nDate: Tue,\n 14 Nov 2023\nX: [PATCH]\n"
		"Subject: [PATCH v2 3/4] one: a subject\n that is\n\tfolded\n\n"
		MESSAGE FILES HUNK "@@ -9 +9,2 @@\n nine\n+more\n"
		"diff --git a/from b/to\nrename from from\nrename to to\n";
	struct patch p;

	check(!read_text(&p, text, strlen(text)), "a patch of several parts is read");
	check(!strcmp(p.subject, "one: a subject that is folded"), "its subject has no tag and no folds");
	check(!strcmp(p.date, "Tue, 14 Nov 2023"), "nor has its date");
	check(!strncmp(p.body, "For a reason", 12), "its body comes after the headers");
	check(p.nchange == 2 && p.change[0].nhunk == 2 && !p.change[1].nhunk, "changes have their hunks");
	check(p.change[0].hunk[1].old_start == 9 && p.change[0].hunk[1].line == 22, "hunks know their lines");
	check(p.change[0].hunk[1].len == strlen(" nine\n+more"), "and their length");
	check(!strcmp(p.change[1].old_path, "from") && !strcmp(p.change[1].new_path, "to"), "a rename has two paths");
	patch_free(&p);
	check(!read_text(&p, HEADERS FILES HUNK, strlen(HEADERS FILES HUNK)) && !strcmp(p.change[0].new_path, "one.c"),
	      "another one has one");
	patch_free(&p);
	check(read_text(&p, "From \0", 6) == ST_INPUT, "a NUL byte is refused");
	patch_free(&p);
}

int main(void)
{
	char what[120];

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		snprintf(what, sizeof(what), "read: %s", good[i].what);
		check(reads(good[i].text) == ST_OK, what);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		snprintf(what, sizeof(what), "refused: %s", bad[i].what);
		check(reads(bad[i].text) == ST_INPUT, what);
	}
	check(cut_is_refused(), "a hunk cut anywhere is refused");
	check(many_are_read(), "many hunks are read in no time");
	check_parts();
	return test_end();
}
