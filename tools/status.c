// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plain.h"
#include "status.h"

const char *status_class(enum status st)
{
	switch (st) {
	case ST_OK:
		return "ok";
	case ST_FAILED:
		return "failed";
	case ST_USAGE:
		return "usage";
	case ST_NOT_PROVED:
		return "not proved";
	case ST_INPUT:
		return "input";
	case ST_APPLY:
		return "apply";
	case ST_SOURCE:
		return "source";
	case ST_INFRA:
		return "infra";
	case ST_BUSY:
		return "busy";
	case ST_INTERRUPTED:
		return "interrupted";
	}
	return "unknown";
}

static FILE *instead;	/* of standard error; see status_divert() */

void status_divert(FILE *to)
{
	instead = to;
}

/* Without our own functions for memory, as they end here when there is none. */
static void print_plain(FILE *f, const char *fmt, va_list ap)
{
	char *text = NULL;

	if (vasprintf(&text, fmt, ap) < 0) {
		fputs(fmt, f);
		return;
	}
	plain_print(f, text, strlen(text));
	free(text);
}

static void say(const char *class, const char *fmt, va_list ap, const char *why)
{
	FILE *f = instead ? instead : stderr;

	fflush(stdout);
	if (!instead)
		fputs("stack: ", f);
	if (class && !instead)
		fprintf(f, "%s: ", class);
	print_plain(f, fmt, ap);
	if (why)
		fprintf(f, ": %s", why);
	fputc('\n', f);
}

int fail(enum status st, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(status_class(st), fmt, ap, NULL);
	va_end(ap);
	return st;
}

int fail_errno(enum status st, const char *fmt, ...)
{
	const char *why = strerror(errno);
	va_list ap;

	va_start(ap, fmt);
	say(status_class(st), fmt, ap, why);
	va_end(ap);
	return st;
}

void notice(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(NULL, fmt, ap, NULL);
	va_end(ap);
}
