// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "plain.h"

static bool is_control(unsigned char c)
{
	return iscntrl(c) && c != '\t' && c != '\n';
}

/* U+0080 to U+009F in UTF-8. */
static bool is_c1(unsigned char a, unsigned char b)
{
	return a == 0xc2 && b >= 0x80 && b < 0xa0;
}

void plain_print(FILE *f, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = text[i];

		if (i + 1 < len && is_c1(c, text[i + 1]))
			fprintf(f, "\\x%02x", (unsigned char)text[++i]);
		else if (is_control(c))
			fprintf(f, "\\x%02x", c);
		else
			putc(c, f);
	}
}

void plain_lines(const char *text)
{
	for (const char *s = text; *s; s += strcspn(s, "\n"), s += *s == '\n') {
		fputs("    ", stdout);
		plain_print(stdout, s, strcspn(s, "\n"));
		putchar('\n');
	}
}
