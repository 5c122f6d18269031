// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "makelog.h"
#include "mem.h"

/* The line that @at is in; the caller frees. */
static char *line_of(const char *text, const char *at)
{
	while (at > text && at[-1] != '\n')
		at--;
	return xstrndup(at, strcspn(at, "\n"));
}

char *makelog_machine(const char *log)
{
	static const char *const signs[] = {
		"No space left on device", "Killed signal terminated program",
		"Cannot allocate memory", "virtual memory exhausted", ": not found",
	};

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		const char *at = strstr(log, signs[i]);

		if (at)
			return line_of(log, at);
	}
	return NULL;
}

char *makelog_why(const char *log)
{
	const char *at = strstr(log, ": *** ");

	return at ? line_of(log, at) : xstrdup("make failed and did not say why");
}
