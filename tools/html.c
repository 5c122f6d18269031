// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "clean.h"
#include "html.h"
#include "mem.h"

static void escape(FILE *f, const char *given)
{
	autofree char *text = clean(given);

	for (const char *s = text; *s; s++) {
		switch (*s) {
		case '&':
			fputs("&amp;", f);
			break;
		case '<':
			fputs("&lt;", f);
			break;
		case '>':
			fputs("&gt;", f);
			break;
		case '"':
			fputs("&quot;", f);
			break;
		default:
			putc(*s, f);
		}
	}
}

void html(FILE *f, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	for (const char *s = fmt; *s; s++) {
		if (*s != '%') {
			putc(*s, f);
		} else if (*++s == 's') {
			escape(f, va_arg(ap, const char *));
		} else if (*s == 'z') {
			fprintf(f, "%zu", va_arg(ap, size_t));
			s++;
		} else {
			putc(*s, f);
		}
	}
	va_end(ap);
}

char *html_url(const char *text)
{
	char *out;
	size_t len;
	FILE *f = xmemstream(&out, &len);

	for (const char *s = text; *s; s++)
		fprintf(f, isalnum((unsigned char)*s) || strchr("-._~@", *s) ? "%c" : "%%%02X",
			(unsigned char)*s);
	fclose(f);
	return out;
}
