// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmdfile.h"
#include "file.h"
#include "mem.h"
#include "status.h"
#include "users.h"

struct search {
	char *const *source;
	size_t n;
	struct users *found;
};

static void add(struct users *us, const char *source, const char *object)
{
	struct user *u = array_more(us->user, us->n);

	us->n++;
	u->source = xstrdup(source);
	u->object = xstrdup(object);
}

static int search_one(const struct cmdfile *c, void *data)
{
	struct search *s = data;

	for (size_t i = 0; i < s->n; i++)
		if (cmdfile_uses(c, s->source[i]))
			add(s->found, s->source[i], c->target);
	return ST_OK;
}

int users_find(const char *dir, char *const *source, size_t n, struct users *us)
{
	struct search s = { .source = source, .n = n, .found = us };

	*us = (struct users){ 0 };
	return n ? cmdfiles_walk(dir, search_one, &s) : ST_OK;
}

int users_read(struct users *us, const char *path)
{
	autofree char *text = NULL;
	char *rest, *line;
	int err = file_read(path, &text, NULL);

	*us = (struct users){ 0 };
	rest = text;
	while (!err && (line = strsep(&rest, "\n")) && *line) {
		const char *source = strsep(&line, "\t");

		if (!line)
			return fail(ST_INFRA, "%s: damaged; remove it", path);
		add(us, source, line);
	}
	return err;
}

int users_write(const struct users *us, const char *path)
{
	char *text;
	size_t len;
	FILE *f = xmemstream(&text, &len);
	int err;

	for (size_t i = 0; i < us->n; i++)
		fprintf(f, "%s\t%s\n", us->user[i].source, us->user[i].object);
	fclose(f);
	err = file_write(path, text, len);
	free(text);
	return err;
}

void users_free(struct users *us)
{
	for (size_t i = 0; i < us->n; i++) {
		free(us->user[i].source);
		free(us->user[i].object);
	}
	free(us->user);
	*us = (struct users){ 0 };
}

bool users_have(const struct users *us, const char *source)
{
	for (size_t i = 0; i < us->n; i++)
		if (!strcmp(us->user[i].source, source))
			return true;
	return false;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_object(const char *path)
{
	size_t len = strlen(path);

	return len > 2 && !strcmp(path + len - 2, ".o");
}

void users_objects(const struct users *us, const char ***object, size_t *n)
{
	const char **all = NULL;
	size_t have = 0, kept = 0;

	for (size_t i = 0; i < us->n; i++)
		if (is_object(us->user[i].object)) {
			*array_more(all, have) = us->user[i].object;
			have++;
		}
	if (have)
		qsort(all, have, sizeof(*all), by_name);
	for (size_t i = 0; i < have; i++)
		if (!i || strcmp(all[i], all[kept - 1]))
			all[kept++] = all[i];
	*object = all;
	*n = kept;
}
