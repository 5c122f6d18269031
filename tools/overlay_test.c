// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "overlay.h"
#include "t/test.h"

static bool gives(const char *text, int level, const char *expected)
{
	char *got = overlay_config_at(text, level);
	bool same = !strcmp(got, expected);

	if (!same)
		printf("# got \"%s\"\n", got);
	free(got);
	return same;
}

int main(void)
{
	static const char text[] =
		"A=y\n# from patch 1\nB=y\n# from patch 3\nC=y\nD=y\n";

	check(gives(text, 0, "A=y\nD=y\n"), "level 0 has what holds always");
	check(gives(text, 1, "A=y\nB=y\nD=y\n"), "a patch's line is there from that patch");
	check(gives(text, 2, "A=y\nB=y\nD=y\n"), "and not before");
	check(gives(text, 3, "A=y\nB=y\nC=y\nD=y\n"), "the last one has all");
	check(gives(text, 12, "A=y\nB=y\nC=y\nD=y\n"), "numbers are compared as numbers");
	check(gives("# from patch 2\nA=y", 1, ""), "a last line without a newline goes");
	check(gives("A=y", 1, "A=y\n"), "or stays");
	check(gives("", 1, ""), "nothing gives nothing");
	check(gives("# a remark\n\nA=y\n", 0, "# a remark\n\nA=y\n"), "other lines stay as they are");
	check(gives("# from patch 1\n# from patch 2\nA=y\n", 1, ""), "the last mark counts");
	check(gives("# from patch 2\n", 1, ""), "a mark at the end marks nothing");
	return test_end();
}
