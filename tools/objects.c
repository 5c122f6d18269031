// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmdfile.h"
#include "file.h"
#include "mem.h"
#include "objects.h"
#include "section.h"
#include "status.h"

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct object *)a)->path, ((const struct object *)b)->path);
}

const struct object *objects_find(const struct objects *all, const char *path)
{
	struct object key = { .path = (char *)path };

	if (!all->n)
		return NULL;
	return bsearch(&key, all->object, all->n, sizeof(key), by_path);
}

struct scan {
	const char *dir;
	const struct objects *known;
	struct objects *all;
};

static int scan_one(const struct cmdfile *c, void *data)
{
	struct scan *s = data;
	autofree char *path = xasprintf("%s/%s", s->dir, c->target);
	const struct object *was = objects_find(s->known, c->target);
	struct object *o;
	struct stat st;

	if (!cmdfile_is_object(c) || stat(path, &st))
		return ST_OK;
	o = array_more(s->all->object, s->all->n);
	s->all->n++;
	o->path = xstrdup(c->target);
	o->seconds = st.st_mtim.tv_sec;
	o->nanoseconds = st.st_mtim.tv_nsec;
	if (was && was->seconds == o->seconds && was->nanoseconds == o->nanoseconds) {
		o->hash = was->hash;
		return ST_OK;
	}
	return section_hash(path, &o->hash);
}

int objects_scan(const char *dir, const struct objects *known, struct objects *all)
{
	struct scan s = { .dir = dir, .known = known, .all = all };
	int err;

	*all = (struct objects){ 0 };
	err = cmdfiles_walk(dir, scan_one, &s);
	if (all->n)
		qsort(all->object, all->n, sizeof(*all->object), by_path);
	return err;
}

int objects_read(struct objects *all, const char *path)
{
	autofree char *text = NULL;
	char *rest, *line;
	int err, at;

	*all = (struct objects){ 0 };
	if (!file_exists(path))
		return ST_OK;
	err = file_read(path, &text, NULL);
	rest = text;
	while (!err && (line = strsep(&rest, "\n")) && *line) {
		struct object *o = array_more(all->object, all->n);

		if (sscanf(line, "%64[0-9a-f] %lld %ld %n", o->hash.hex, &o->seconds,
			   &o->nanoseconds, &at) != 3)
			return fail(ST_INFRA, "%s: damaged; remove it", path);
		o->path = xstrdup(line + at);
		all->n++;
	}
	return err;
}

int objects_write(const struct objects *all, const char *path)
{
	char *text;
	size_t len;
	FILE *f = xmemstream(&text, &len);
	int err;

	for (size_t i = 0; i < all->n; i++)
		fprintf(f, "%s %lld %ld %s\n", all->object[i].hash.hex,
			all->object[i].seconds, all->object[i].nanoseconds,
			all->object[i].path);
	fclose(f);
	err = file_write(path, text, len);
	free(text);
	return err;
}

void objects_free(struct objects *all)
{
	for (size_t i = 0; i < all->n; i++)
		free(all->object[i].path);
	free(all->object);
	*all = (struct objects){ 0 };
}

size_t objects_changed(const struct objects *now, const struct objects *before)
{
	size_t n = 0;

	for (size_t i = 0; i < now->n; i++) {
		const struct object *was = objects_find(before, now->object[i].path);

		n += !was || strcmp(was->hash.hex, now->object[i].hash.hex);
	}
	return n;
}
