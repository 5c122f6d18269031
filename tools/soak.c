// SPDX-License-Identifier: GPL-2.0-only
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "list.h"
#include "mem.h"
#include "soak.h"
#include "status.h"

/* Where the words after "<program> <seconds>" begin; NULL when the line is no such. */
static const char *parse(const char *line, unsigned int *seconds)
{
	int end = 0;

	if (sscanf(line, "%*s %u%n", seconds, &end) != 1 || !*seconds)
		return NULL;
	return !line[end] || line[end] == ' ' ? line + end : NULL;
}

static bool is_line(const char *line)
{
	unsigned int seconds;

	return parse(line, &seconds);
}

int soaks_read(struct soaks *all, const char *root, const char *slug)
{
	autofree char *path = xasprintf("%s/selftests/%s/soak", root, slug);
	struct list lines;
	int err;

	if (!file_exists(path))
		return ST_OK;
	err = list_read(&lines, path, is_line, "\"<program> <seconds> [<NAME>=<value>...]\"");
	for (size_t i = 0; !err && i < lines.n; i++) {
		const char *line = lines.name[i];
		struct soak *s = array_more(all->soak, all->n);
		const char *words = parse(line, &s->seconds);

		all->n++;
		s->test = xasprintf("%s/%.*s", slug, (int)strcspn(line, " "), line);
		s->words = *words ? xstrdup(words + 1) : NULL;
	}
	list_free(&lines);
	return err;
}

void soaks_free(struct soaks *all)
{
	for (size_t i = 0; i < all->n; i++) {
		free(all->soak[i].test);
		free(all->soak[i].words);
	}
	free(all->soak);
	*all = (struct soaks){ 0 };
}
