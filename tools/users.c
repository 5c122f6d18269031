// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmdfile.h"
#include "file.h"
#include "mem.h"
#include "status.h"
#include "users.h"

/* Of what includes a header, see users_sample(). */
enum { OF_HEADER = 40 };

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

static bool has_end(const char *path, const char *end)
{
	size_t len = strlen(path), n = strlen(end);

	return len > n && !strcmp(path + len - n, end);
}

/* Sort, and keep one of each; returns how many. */
static size_t sort_names(const char **all, size_t have)
{
	size_t kept = 0;

	if (have)
		qsort(all, have, sizeof(*all), by_name);
	for (size_t i = 0; i < have; i++)
		if (!i || strcmp(all[i], all[kept - 1]))
			all[kept++] = all[i];
	return kept;
}

/* Add the objects made of @source, of any when that is NULL, to those of @all. */
static void add_objects(const struct users *us, const char *source, const char ***all,
			size_t *have)
{
	for (size_t i = 0; i < us->n; i++) {
		if (!has_end(us->user[i].object, ".o") ||
		    (source && strcmp(us->user[i].source, source)))
			continue;
		*array_more(*all, *have) = us->user[i].object;
		++*have;
	}
}

void users_objects(const struct users *us, const char ***object, size_t *n)
{
	*object = NULL;
	*n = 0;
	add_objects(us, NULL, object, n);
	*n = sort_names(*object, *n);
}

/* modpost's own, ".module-common.o" and "*.mod.o", are no targets of make's. */
static bool is_target(const char *object)
{
	const char *slash = strrchr(object, '/');

	return (slash ? slash[1] : *object) != '.' && !has_end(object, ".mod.o");
}

/* Of a directory with programs that are not linked into the kernel; make takes none there. */
static bool is_beside(const char *object)
{
	static const char *const programs[] = {
		"/boot/", "/realmode/rm/", "/vdso", "/purgatory/",
	};

	for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++)
		if (strstr(object, programs[i]))
			return true;
	return false;
}

/* Keep those in front that can be asked for; returns how many. */
static size_t keep_targets(const char **object, size_t n, bool header)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (is_target(object[i]) && !(header && is_beside(object[i])))
			object[kept++] = object[i];
	return kept;
}

static void add_sample(const struct users *us, const char *source, const char ***all,
		       size_t *have)
{
	autofree const char **mine = NULL;
	bool header = has_end(source, ".h");
	size_t n = 0, most;

	add_objects(us, source, &mine, &n);
	n = keep_targets(mine, sort_names(mine, n), header);
	most = header && n > OF_HEADER ? OF_HEADER : n;
	for (size_t i = 0; i < most; i++) {
		*array_more(*all, *have) = mine[i * n / most];
		++*have;
	}
}

void users_sample(const struct users *us, const char ***object, size_t *n)
{
	autofree const char **source = NULL;
	size_t nsources = 0;

	*object = NULL;
	*n = 0;
	for (size_t i = 0; i < us->n; i++) {
		*array_more(source, nsources) = us->user[i].source;
		nsources++;
	}
	nsources = sort_names(source, nsources);
	for (size_t i = 0; i < nsources; i++)
		add_sample(us, source[i], object, n);
	*n = sort_names(*object, *n);
}
