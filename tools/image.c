// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "image.h"
#include "mem.h"
#include "status.h"

/* What is kept: the image first, then the modules in the order of their making. */
struct part {
	char *from;
	char *name;
	struct hash hash;
};

struct parts {
	struct part *part;
	size_t n;
};

static int add(struct parts *ps, char *from, const char *name)
{
	struct part *p = array_more(ps->part, ps->n);

	ps->n++;
	p->from = from;
	p->name = xstrdup(name);
	return hash_file(from, &p->hash);
}

/* modules.order lists "drivers/net/tun.o" for drivers/net/tun.ko. */
static int add_modules(const struct kbuild *k, struct parts *ps)
{
	autofree char *path = xasprintf("%s/modules.order", k->path);
	autofree char *text = NULL;
	char *rest, *line;
	int err = file_exists(path) ? file_read(path, &text, NULL) : ST_OK;

	rest = text;
	while (!err && (line = strsep(&rest, "\n")) && *line) {
		int stem = strcspn(line, ".");
		const char *slash = strrchr(line, '/');
		autofree char *name = xasprintf("%.*s.ko", stem - (slash ? (int)(slash + 1 - line) : 0),
						slash ? slash + 1 : line);

		err = add(ps, xasprintf("%s/%.*s.ko", k->path, stem, line), name);
	}
	return err;
}

static void hash_parts(const struct parts *ps, struct hash *h)
{
	char *text;
	size_t len;
	FILE *f = xmemstream(&text, &len);

	for (size_t i = 0; i < ps->n; i++)
		fprintf(f, "%s %s\n", ps->part[i].hash.hex, ps->part[i].name);
	fclose(f);
	hash_data(text, len, h);
	free(text);
}

static int copy(const struct parts *ps, const char *dir)
{
	int err = dir_make(dir);

	for (size_t i = 0; !err && i < ps->n; i++) {
		autofree char *to = xasprintf("%s/%s", dir, ps->part[i].name);
		autofree char *data = NULL;
		size_t len;

		err = file_read(ps->part[i].from, &data, &len);
		if (!err)
			err = file_write(to, data, len);
		if (!err && !access(ps->part[i].from, X_OK) && chmod(to, 0755))
			err = fail_errno(ST_INFRA, "%s", to);
	}
	return err;
}

/* As kbuild's, so that modules.h can read the directory like an object directory. */
static int write_order(const struct parts *ps, const char *dir)
{
	autofree char *path = xasprintf("%s/modules.order", dir);
	autofree char *text = NULL;
	size_t len;
	FILE *f = xmemstream(&text, &len);

	for (size_t i = 1; i < ps->n; i++)
		fprintf(f, "%s\n", ps->part[i].name);
	fclose(f);
	return file_write(path, text, len);
}

int image_keep(const struct kbuild *k, struct hash *h)
{
	struct parts ps = { 0 };
	autofree char *dir = NULL;
	int err = add(&ps, xasprintf("%s/%s", k->path, k->arch->image), "image");

	if (!err)
		err = add_modules(k, &ps);
	if (!err) {
		hash_parts(&ps, h);
		dir = image_dir(k->tree->project, h);
		err = copy(&ps, dir);
		if (!err)
			err = write_order(&ps, dir);
	}
	for (size_t i = 0; i < ps.n; i++) {
		free(ps.part[i].from);
		free(ps.part[i].name);
	}
	free(ps.part);
	return err;
}

char *image_dir(const struct project *p, const struct hash *h)
{
	return xasprintf("%s/prove/images/%s", p->build, h->hex);
}
