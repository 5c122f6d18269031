// SPDX-License-Identifier: GPL-2.0-only
#include <limits.h>
#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "clean.h"
#include "mem.h"
#include "status.h"

/* U+FFFD, the replacement character. */
#define REPLACED 0xfffd

/* What is not seen, by Unicode: C1, Bidi_Control, separators, surrogates, noncharacters. */
static const struct range {
	wchar_t first, last;
} hidden[] = {
	{ 0x80, 0x9f }, { 0x61c, 0x61c }, { 0x200e, 0x200f }, { 0x2028, 0x202e },
	{ 0x2066, 0x2069 }, { 0xd800, 0xdfff }, { 0xfdd0, 0xfdef }, { 0x110000, 0x7fffffff },
};

static bool is_hidden(wchar_t c)
{
	for (size_t i = 0; i < sizeof(hidden) / sizeof(*hidden); i++)
		if (c >= hidden[i].first && c <= hidden[i].last)
			return true;
	return (c & 0xfffe) == 0xfffe;
}

static wchar_t shown(wchar_t c)
{
	if (c == '\n' || c == '\t')
		return c;
	if (c < ' ')
		return 0x2400 + c;
	if (c == 0x7f)
		return 0x2421;
	return is_hidden(c) ? REPLACED : c;
}

/* The next character at *@s, which moves on. */
static wchar_t next(const char **s)
{
	mbstate_t state = { 0 };
	wchar_t c;
	size_t len = mbrtowc(&c, *s, strlen(*s), &state);

	if (len > MB_LEN_MAX) {
		++*s;
		return REPLACED;
	}
	*s += len;
	return shown(c);
}

/* The C library reads UTF-8 in such a locale only. */
static locale_t utf8(void)
{
	locale_t l = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);

	if (!l)
		exit(fail(ST_INFRA, "the C library has no locale C.UTF-8"));
	return l;
}

char *clean(const char *text)
{
	locale_t mine = utf8(), before = uselocale(mine);
	char *out;
	size_t len;
	FILE *f = xmemstream(&out, &len);

	while (*text)
		fprintf(f, "%lc", (wint_t)next(&text));
	fclose(f);
	uselocale(before);
	freelocale(mine);
	return out;
}
