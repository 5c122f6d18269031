// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "lock.h"
#include "mem.h"
#include "status.h"

#define WAY_OUT "remove it, then `make refresh` writes it anew"

static int read_line(struct lock *l, const char *path, const char *line, int nr)
{
	struct oid tree;

	if (nr == 1) {
		if (strncmp(line, "parent ", 7) || !oid_parse(line + 7, &l->parent) ||
		    line[7 + OID_LEN])
			return fail(ST_INPUT, "%s:1: \"%s\" is not \"parent <tree>\"; " WAY_OUT,
				    path, line);
		return ST_OK;
	}
	if (!oid_parse(line, &tree) || line[OID_LEN] != ' ' || !line[OID_LEN + 1])
		return fail(ST_INPUT, "%s:%d: \"%s\" is not \"<tree> <patch>\"; " WAY_OUT,
			    path, nr, line);
	lock_add(l, &tree, line + OID_LEN + 1);
	return ST_OK;
}

int lock_read(struct lock *l, const char *path)
{
	autofree char *text = NULL;
	char *rest, *line;
	int nr = 0, err;

	*l = (struct lock){ 0 };
	if (!path_exists(path))
		return ST_OK;
	err = file_read(path, &text, NULL);
	if (!err && !*text)
		return fail(ST_INPUT, "%s: empty; " WAY_OUT,
			    path);
	l->there = true;
	for (rest = text; !err && rest && *rest; ) {
		line = strsep(&rest, "\n");
		err = read_line(l, path, line, ++nr);
	}
	return err;
}

int lock_write(const struct lock *l, const char *path)
{
	autofree char *text = NULL;
	size_t len;
	FILE *f = xmemstream(&text, &len);

	fprintf(f, "parent %s\n", l->parent.hex);
	for (size_t i = 0; i < l->n; i++)
		fprintf(f, "%s %s\n", l->tree[i].hex, l->patch[i]);
	fclose(f);
	return file_write(path, text, len);
}

void lock_add(struct lock *l, const struct oid *tree, const char *patch)
{
	*array_more(l->tree, l->n) = *tree;
	*array_more(l->patch, l->n) = xstrdup(patch);
	l->n++;
}

void lock_free(struct lock *l)
{
	free(l->tree);
	names_free(l->patch, l->n);
	*l = (struct lock){ 0 };
}
