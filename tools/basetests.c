// SPDX-License-Identifier: GPL-2.0-only
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "basetests.h"
#include "file.h"
#include "list.h"
#include "mem.h"
#include "status.h"

/* "<target>/<program> <seconds>": how long the name is, 0 when it is something else. */
static size_t parse(const char *line, unsigned int *seconds)
{
	size_t len = strcspn(line, " ");
	const char *slash = memchr(line, '/', len);
	int end = 0;

	if (!slash || slash == line || line[len - 1] == '/' ||
	    sscanf(line + len, " %u%n", seconds, &end) != 1)
		return 0;
	return *seconds && !line[len + end] ? len : 0;
}

static bool is_line(const char *line)
{
	unsigned int seconds;

	return parse(line, &seconds);
}

static int add(struct basetests *t, const char *line, const char *path)
{
	autofree char *name = NULL;
	unsigned int seconds;
	size_t len = parse(line, &seconds);

	name = xstrndup(line, len);
	if (basetests_find(t, name))
		return fail(ST_INPUT, "%s: %s is listed twice", path, name);
	*array_more(t->test, t->n) = (struct basetest){ xstrdup(name), seconds };
	t->n++;
	return ST_OK;
}

int basetests_read(struct basetests *t, const char *root, const char *machine)
{
	autofree char *path = xasprintf("%s/configs/kselftests/%s", root, machine);
	struct list lines;
	int err;

	*t = (struct basetests){ 0 };
	if (!file_exists(path))
		return ST_OK;
	err = list_read(&lines, path, is_line, "\"<target>/<program> <seconds>\"");
	for (size_t i = 0; !err && i < lines.n; i++)
		err = add(t, lines.name[i], path);
	list_free(&lines);
	return err;
}

void basetests_free(struct basetests *t)
{
	for (size_t i = 0; i < t->n; i++)
		free(t->test[i].name);
	free(t->test);
	*t = (struct basetests){ 0 };
}

const struct basetest *basetests_find(const struct basetests *t, const char *name)
{
	for (size_t i = 0; i < t->n; i++)
		if (!strcmp(t->test[i].name, name))
			return &t->test[i];
	return NULL;
}

static size_t target_len(const struct basetest *t)
{
	return strrchr(t->name, '/') - t->name;
}

/* Whether a test before @i is of the same target. */
static bool is_known(const struct basetests *t, size_t i)
{
	size_t len = target_len(&t->test[i]);

	for (size_t j = 0; j < i; j++)
		if (target_len(&t->test[j]) == len &&
		    !strncmp(t->test[j].name, t->test[i].name, len))
			return true;
	return false;
}

char *basetests_targets(const struct basetests *t)
{
	char *text;
	size_t len;
	FILE *f = xmemstream(&text, &len);

	for (size_t i = 0; i < t->n; i++)
		if (!is_known(t, i))
			fprintf(f, "%s%.*s", i ? " " : "", (int)target_len(&t->test[i]),
				t->test[i].name);
	fclose(f);
	return text;
}
