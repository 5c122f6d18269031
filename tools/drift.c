// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "drift.h"
#include "mem.h"
#include "status.h"

static int stale(const struct series *s, const char *why)
{
	return fail(ST_FAILED, "series/%s/lock %s; if the change is meant, `make refresh SERIES=%s` writes the lock",
		    s->slug, why, s->slug);
}

static int drifted(const struct series *s, const char *what, const struct oid *is,
		   const struct oid *was)
{
	autofree char *why = xasprintf("has drifted: %s gives tree %s, the lock says %s",
				       what, is->hex, was->hex);

	return stale(s, why);
}

int drift_check(const struct series *s, const struct applied *a)
{
	const struct lock *l = &s->lock;

	if (!l->there && !s->files.n)
		return ST_OK;
	if (!l->there)
		return stale(s, "is not there");
	if (!oid_equal(&l->parent, &a->parent.tree))
		return drifted(s, "what is below the series", &a->parent.tree, &l->parent);
	for (size_t i = 0; i < s->files.n && i < l->n; i++) {
		if (strcmp(l->patch[i], s->files.name[i]))
			break;
		if (!oid_equal(&l->tree[i], &a->point[i].tree))
			return drifted(s, l->patch[i], &a->point[i].tree, &l->tree[i]);
	}
	for (size_t i = 0; i < s->files.n || i < l->n; i++)
		if (i >= s->files.n || i >= l->n ||
		    strcmp(l->patch[i], s->files.name[i]))
			return stale(s, "names other patches than the series file");
	return ST_OK;
}

int drift_accept(const struct series *s, const struct applied *a, const char *root)
{
	autofree char *path = series_file(root, s->slug, "lock");
	struct lock l = { .parent = a->parent.tree };
	int err;

	for (size_t i = 0; i < a->n; i++)
		lock_add(&l, &a->point[i].tree, s->files.name[i]);
	err = lock_write(&l, path);
	lock_free(&l);
	return err;
}
