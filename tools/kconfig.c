// SPDX-License-Identifier: GPL-2.0-only
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kconfig.h"
#include "mem.h"

/*
 * The option that a line of @len bytes sets, and its value: "n" for one that is
 * not set.  False for other lines.
 */
static bool parse(const char *line, size_t len, char **option, char **value)
{
	static const char is_not[] = " is not set";
	const char *equals = memchr(line, '=', len);
	size_t name;

	if (len > 2 && !strncmp(line, "# CONFIG_", 9) && len > sizeof(is_not) + 8 &&
	    !strncmp(line + len - (sizeof(is_not) - 1), is_not, sizeof(is_not) - 1)) {
		*option = xstrndup(line + 2, len - 2 - (sizeof(is_not) - 1));
		*value = xstrdup("n");
		return true;
	}
	if (strncmp(line, "CONFIG_", 7) || !equals)
		return false;
	name = equals - line;
	*option = xstrndup(line, name);
	*value = xstrndup(equals + 1, len - name - 1);
	return true;
}

/* What @text says last about @option, "n" when nothing; the caller frees. */
static char *value_in(const char *text, const char *option)
{
	char *found = xstrdup("n");

	for (const char *s = text; *s; s += strcspn(s, "\n"), s += *s == '\n') {
		char *name, *value;

		if (!parse(s, strcspn(s, "\n"), &name, &value))
			continue;
		if (!strcmp(name, option)) {
			free(found);
			found = value;
		} else {
			free(value);
		}
		free(name);
	}
	return found;
}

static void judge(FILE *f, const char *fragment, const char *config, const char *option,
		  const char *value)
{
	autofree char *asked = value_in(fragment, option);
	autofree char *got = value_in(config, option);

	if (!strcmp(asked, value) && strcmp(asked, got))
		fprintf(f, "%s=%s was asked for, %s=%s is what it got\n", option, asked,
			option, got);
}

char *kconfig_dropped(const char *fragment, const char *config)
{
	char *text;
	size_t len;
	FILE *f = xmemstream(&text, &len);

	for (const char *s = fragment; *s; s += strcspn(s, "\n"), s += *s == '\n') {
		char *option, *value;

		if (!parse(s, strcspn(s, "\n"), &option, &value))
			continue;
		judge(f, fragment, config, option, value);
		free(option);
		free(value);
	}
	fclose(f);
	if (len) {
		text[len - 1] = '\0';
		return text;
	}
	free(text);
	return NULL;
}
