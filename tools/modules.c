// SPDX-License-Identifier: GPL-2.0-only
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "machine.h"
#include "mem.h"
#include "modules.h"
#include "status.h"

struct module {
	char *path;
	char *name;
	char *depends;		/* names with commas between */
	enum { UNSEEN, OPEN, LOADED, LEFT_OUT } state;
};

struct all {
	struct module *mod;
	size_t n;
};

/* modules.order names objects since 6.10, modules before. */
static int read_one(struct all *all, const char *objects, const char *line)
{
	static const char tag[] = "\0depends=";
	const char *dot = strrchr(line, '.'), *slash = strrchr(line, '/');
	struct module *mod = array_more(all->mod, all->n);
	autofree char *data = NULL;
	const char *found;
	size_t len;

	if (!dot || (slash && dot < slash))
		return fail(ST_INFRA, "%s/modules.order: \"%s\" is no module", objects, line);
	slash = slash ? slash + 1 : line;
	mod->path = xasprintf("%s/%.*s.ko", objects, (int)(dot - line), line);
	mod->name = xstrndup(slash, dot - slash);
	all->n++;
	if (file_read(mod->path, &data, &len))
		return ST_INFRA;
	found = memmem(data, len, tag, sizeof(tag) - 1);
	if (!found)
		return fail(ST_INFRA, "%s: is no kernel module: it does not say what it depends on",
			    mod->path);
	mod->depends = xstrdup(found + sizeof(tag) - 1);
	return ST_OK;
}

static int read_all(struct all *all, const char *objects)
{
	autofree char *path = xasprintf("%s/modules.order", objects);
	autofree char *text = NULL;
	char *rest, *line;
	int err = ST_OK;

	if (!file_exists(path))
		return ST_OK;
	if (file_read(path, &text, NULL))
		return ST_INFRA;
	rest = text;
	while (!err && (line = strsep(&rest, "\n")))
		if (*line)
			err = read_one(all, objects, line);
	return err;
}

/* '-' and '_' are the same in a module's name. */
static bool same_name(const char *a, const char *b)
{
	for (; *a && *b; a++, b++)
		if (*a != *b && !(strchr("-_", *a) && strchr("-_", *b)))
			return false;
	return *a == *b;
}

static struct module *find(const struct all *all, const char *name)
{
	for (size_t i = 0; i < all->n; i++)
		if (same_name(all->mod[i].name, name))
			return &all->mod[i];
	return NULL;
}

static bool cannot_load(const struct machine *m, const char *name)
{
	for (size_t i = 0; i < m->without.n; i++)
		if (same_name(m->without.word[i], name))
			return true;
	return false;
}

static void put(struct modules *mods, const char *path)
{
	*array_more(mods->path, mods->n) = xstrdup(path);
	mods->n++;
}

/* Put @mod after all that it depends on. */
static int place(struct modules *mods, const struct all *all, struct module *mod,
		 const struct machine *m)
{
	autofree char *depends = xstrdup(mod->depends);
	char *rest = depends, *name;
	int err = ST_OK;

	if (mod->state == OPEN)
		return fail(ST_INFRA, "%s: depends on itself in the end", mod->path);
	if (mod->state != UNSEEN)
		return ST_OK;
	mod->state = OPEN;
	if (cannot_load(m, mod->name)) {
		mod->state = LEFT_OUT;
		return ST_OK;
	}
	while (!err && (name = strsep(&rest, ","))) {
		struct module *other = find(all, name);

		if (!*name)
			continue;
		if (!other)
			return fail(ST_INFRA, "%s: depends on %s, which was not built",
				    mod->path, name);
		err = place(mods, all, other, m);
		if (!err && other->state == LEFT_OUT) {
			mod->state = LEFT_OUT;
			return ST_OK;
		}
	}
	if (err)
		return err;
	mod->state = LOADED;
	put(mods, mod->path);
	return ST_OK;
}

int modules_read(struct modules *mods, const char *objects, const struct machine *m)
{
	struct all all = { 0 };
	int err = read_all(&all, objects);

	*mods = (struct modules){ 0 };
	for (size_t i = 0; i < all.n && !err; i++)
		err = place(mods, &all, &all.mod[i], m);
	for (size_t i = 0; i < all.n; i++) {
		free(all.mod[i].path);
		free(all.mod[i].name);
		free(all.mod[i].depends);
	}
	free(all.mod);
	return err;
}

void modules_free(struct modules *mods)
{
	for (size_t i = 0; i < mods->n; i++)
		free(mods->path[i]);
	free(mods->path);
	*mods = (struct modules){ 0 };
}
