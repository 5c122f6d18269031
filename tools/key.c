// SPDX-License-Identifier: GPL-2.0-only
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "key.h"
#include "mem.h"
#include "status.h"

static struct component *add(struct key *k, const char *name)
{
	struct component *c = array_more(k->component, k->n);

	c->name = xstrdup(name);
	k->n++;
	return c;
}

void key_add(struct key *k, const char *name, const char *fmt, ...)
{
	struct component *c = add(k, name);
	va_list ap;
	size_t len;
	FILE *f = xmemstream(&c->value, &len);

	va_start(ap, fmt);
	vfprintf(f, fmt, ap);
	va_end(ap);
	fclose(f);
}

void key_add_data(struct key *k, const char *name, const void *data, size_t len)
{
	struct hash h;

	hash_data(data, len, &h);
	add(k, name)->value = xstrdup(h.hex);
}

/* "<name> <hash>" lines of all files below @path, in the order of their names. */
static int list_files(FILE *f, const char *path, const char *name)
{
	struct hash h;
	char **names;
	size_t n;
	int err;

	if (!dir_exists(path)) {
		if (!file_exists(path))
			return ST_OK;
		err = hash_file(path, &h);
		fprintf(f, "%s %s\n", name, h.hex);
		return err;
	}
	err = dir_names(path, &names, &n);
	for (size_t i = 0; !err && i < n; i++) {
		autofree char *below = xasprintf("%s/%s", path, names[i]);
		autofree char *called = xasprintf("%s/%s", name, names[i]);

		err = list_files(f, below, called);
	}
	names_free(names, n);
	return err;
}

int key_add_files(struct key *k, const char *name, const char *path)
{
	autofree char *text = NULL;
	size_t len;
	FILE *f = xmemstream(&text, &len);
	int err = list_files(f, path, "");

	fclose(f);
	if (!err)
		key_add_data(k, name, text, len);
	return err;
}

void key_hash(const struct key *k, struct hash *h)
{
	autofree char *text = NULL;
	size_t len;
	FILE *f = xmemstream(&text, &len);

	for (size_t i = 0; i < k->n; i++)
		fprintf(f, "%s=%zu:%s\n", k->component[i].name,
			strlen(k->component[i].value), k->component[i].value);
	fclose(f);
	hash_data(text, len, h);
}

bool key_same(const struct key *a, const struct key *b)
{
	struct hash x, y;

	key_hash(a, &x);
	key_hash(b, &y);
	return !strcmp(x.hex, y.hex);
}

void key_free(struct key *k)
{
	for (size_t i = 0; i < k->n; i++) {
		free(k->component[i].name);
		free(k->component[i].value);
	}
	free(k->component);
	*k = (struct key){ 0 };
}
