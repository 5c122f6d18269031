// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "mem.h"
#include "stack.h"
#include "status.h"

static bool is_symlink(const char *path)
{
	struct stat st;

	return !lstat(path, &st) && S_ISLNK(st.st_mode);
}

/* Every directory below @root/@what belongs to a series of the stack. */
static int check_strays(const struct stack *st, const char *root, const char *what)
{
	autofree char *dir = xasprintf("%s/%s", root, what);
	char **names;
	size_t n;
	int err = dir_names(dir, &names, &n);

	for (size_t i = 0; !err && i < n; i++) {
		autofree char *path = xasprintf("%s/%s", dir, names[i]);

		if (dir_exists(path) && is_symlink(path))
			err = fail(ST_INPUT, "%s: a symlink; make it a directory", path);
		else if (dir_exists(path) && !list_has(&st->order, names[i]))
			err = fail(ST_INPUT, "%s: not named in series/order; add the slug there or remove the directory",
				   path);
	}
	names_free(names, n);
	return err;
}

static int check_depends(const struct stack *st, size_t at)
{
	const struct fields *meta = &st->series[at].meta;

	for (size_t i = 0; i < meta->n; i++) {
		const struct field *f = &meta->field[i];
		size_t below = 0;

		if (strcmp(f->name, "Depends"))
			continue;
		while (below < at && strcmp(st->order.name[below], f->value))
			below++;
		if (below == at)
			return fail(ST_INPUT, "%s:%d: depends on \"%s\", which does not stand below it in series/order",
				    meta->path, f->line, f->value);
	}
	return ST_OK;
}

int stack_read(struct stack *st, const char *root)
{
	autofree char *order = xasprintf("%s/series/order", root);
	int err;

	*st = (struct stack){ 0 };
	err = list_read(&st->order, order, slug_valid,
			"a slug (lower-case letters, digits and \"-\")");
	if (err)
		return err;
	st->series = xcalloc(st->order.n, sizeof(*st->series));
	for (st->n = 0; !err && st->n < st->order.n; st->n++)
		err = series_read(&st->series[st->n], root,
				  st->order.name[st->n]);
	for (size_t i = 0; !err && i < st->n; i++)
		err = check_depends(st, i);
	if (!err)
		err = check_strays(st, root, "series");
	return err ? err : check_strays(st, root, "patches");
}

void stack_free(struct stack *st)
{
	for (size_t i = 0; i < st->n; i++)
		series_free(&st->series[i]);
	free(st->series);
	list_free(&st->order);
	*st = (struct stack){ 0 };
}

int stack_reread(struct stack *st, const char *root, size_t i)
{
	series_free(&st->series[i]);
	return series_read(&st->series[i], root, st->order.name[i]);
}

int stack_find(const struct stack *st, const char *slug, size_t *i)
{
	for (*i = 0; *i < st->n; ++*i)
		if (!strcmp(st->series[*i].slug, slug))
			return ST_OK;
	return fail(ST_USAGE, "no series \"%s\" in series/order", slug);
}
