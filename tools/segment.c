// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdlib.h>

#include "segment.h"
#include "status.h"

bool segment_given(void)
{
	const char *given = getenv("SEGMENT");

	return given && *given;
}

/* A number from 1 to @most at *@text, which moves behind it; 0 when there is none. */
static size_t number(const char **text, size_t most)
{
	unsigned long n;
	char *end;

	if (!isdigit((unsigned char)**text))
		return 0;
	n = strtoul(*text, &end, 10);
	*text = end;
	return n > most ? 0 : n;
}

/* "<i>/<n>" with i from 1 to n and n from 1 to @most. */
static bool read_part(const char *text, size_t most, size_t *i, size_t *n)
{
	*i = number(&text, most);
	if (!*i || *text++ != '/')
		return false;
	*n = number(&text, most);
	return *n >= *i && !*text;
}

int segment_of(const struct subjects *all, struct subjects *part)
{
	const char *given = getenv("SEGMENT");
	size_t i, n, from;

	*part = *all;
	if (!segment_given())
		return ST_OK;
	if (!read_part(given, all->n, &i, &n))
		return fail(ST_USAGE, "SEGMENT is \"%s\", not <i>/<n> with i from 1 to n, and n at most %zu, as there are so many points",
			    given, all->n);
	from = all->n * (i - 1) / n;
	part->subject = all->subject + from;
	part->n = all->n * i / n - from;
	return ST_OK;
}
