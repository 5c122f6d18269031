// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "file.h"
#include "list.h"
#include "mem.h"
#include "status.h"

bool list_has(const struct list *l, const char *name)
{
	for (size_t i = 0; i < l->n; i++)
		if (!strcmp(l->name[i], name))
			return true;
	return false;
}

int list_read(struct list *l, const char *path, bool (*valid)(const char *name),
	      const char *what)
{
	autofree char *text = NULL;
	char *rest, *line;
	int nr = 0, err;

	*l = (struct list){ 0 };
	err = file_read(path, &text, NULL);
	if (err)
		return err;
	for (rest = text; (line = strsep(&rest, "\n")); ) {
		nr++;
		if (!*line || *line == '#')
			continue;
		if (!valid(line))
			return fail(ST_INPUT, "%s:%d: \"%s\" is not %s",
				    path, nr, line, what);
		if (list_has(l, line))
			return fail(ST_INPUT, "%s:%d: \"%s\" is named twice",
				    path, nr, line);
		*array_more(l->name, l->n) = xstrdup(line);
		l->n++;
	}
	return ST_OK;
}

void list_free(struct list *l)
{
	names_free(l->name, l->n);
	*l = (struct list){ 0 };
}

bool has_word(const char *text, const char *name)
{
	size_t len = strlen(name);

	for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
		size_t n = strcspn(text, " ");

		if (n == len && !strncmp(text, name, len))
			return true;
		text += n;
	}
	return false;
}
