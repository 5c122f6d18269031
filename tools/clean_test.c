// SPDX-License-Identifier: GPL-2.0-only
/* What is shown of text that anybody may have written. */
#include <string.h>

#include "clean.h"
#include "mem.h"
#include "t/test.h"

#define FFFD "\xef\xbf\xbd"

static bool becomes(const char *text, const char *want)
{
	autofree char *got = clean(text);

	return !strcmp(got, want);
}

static bool stays(const char *text)
{
	return becomes(text, text);
}

int main(void)
{
	check(stays(""), "nothing");
	check(stays("a\tb\nc <&>\"'"), "ASCII stays, tab and newline, too");
	check(stays("\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\xa7"), "so do two, three and four bytes");
	check(becomes("\033[31mred\033[0m", "\xe2\x90\x9b[31mred\xe2\x90\x9b[0m"),
	      "escape sequences are seen");
	check(becomes("\001\r\x7f", "\xe2\x90\x81\xe2\x90\x8d\xe2\x90\xa1"),
	      "control characters, too");
	check(becomes("\xc2\x9bxm", FFFD "xm"), "not those of the upper half");
	check(becomes("a\xff\xfez", "a" FFFD FFFD "z"), "bytes that are no UTF-8");
	check(becomes("\xe2\x82", FFFD FFFD), "a character that is cut off");
	check(becomes("\xe2\x82x", FFFD FFFD "x"), "in the middle, and what follows stays");
	check(becomes("\xc0\xaf\xe0\x80\xaf", FFFD FFFD FFFD FFFD FFFD), "overlong forms");
	check(becomes("\xed\xa0\x80", FFFD FFFD FFFD), "surrogates");
	check(becomes("\xf4\x90\x80\x80", FFFD), "what is beyond Unicode");
	check(becomes("\xe2\x80\xaegnp.exe\xe2\x81\xa6", FFFD "gnp.exe" FFFD),
	      "what turns the direction of writing");
	check(becomes("a\xe2\x80\xa8z", "a" FFFD "z"), "separators of lines");
	check(becomes("\xef\xbf\xbe\xef\xb7\x90", FFFD FFFD), "noncharacters");
	return test_end();
}
