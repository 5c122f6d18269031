// SPDX-License-Identifier: GPL-2.0-only
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "status.h"

static void *checked(void *p)
{
	if (!p)
		exit(fail(ST_INFRA, "out of memory"));
	return p;
}

void *xcalloc(size_t n, size_t size)
{
	return checked(calloc(n ? n : 1, size));
}

void *xrealloc(void *p, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size)
		checked(NULL);
	return checked(realloc(p, n && size ? n * size : 1));
}

char *xstrdup(const char *s)
{
	return checked(strdup(s));
}

char *xstrndup(const char *s, size_t n)
{
	return checked(strndup(s, n));
}

char *xasprintf(const char *fmt, ...)
{
	va_list ap;
	char *s;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&s, fmt, ap);
	va_end(ap);
	return checked(n < 0 ? NULL : s);
}

FILE *xmemstream(char **p, size_t *len)
{
	return checked(open_memstream(p, len));
}

void *array_grow(void *array, size_t n, size_t size)
{
	/* Powers of two: room is made when n is one, or 0. */
	if (!(n & (n - 1)))
		array = xrealloc(array, n ? 2 * n : 1, size);
	memset((char *)array + n * size, 0, size);
	return array;
}

void free_pointer(void *p)
{
	free(*(void **)p);
}
