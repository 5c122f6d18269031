/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The compiled objects of an object directory, as kbuild's .cmd files list them.
 * Left out are the host's programs (scripts/, tools/) and the tests that are
 * laid over the tree (lib/stack/), for they are not what a patch is judged by.
 */
#ifndef OBJECTS_H
#define OBJECTS_H

#include <stdbool.h>
#include <stddef.h>

#include "hash.h"

struct object {
	char *path;		/* below the object directory: "drivers/net/tun.o" */
	struct hash hash;	/* see section.h */
	long long seconds;	/* when it was written, to know it again */
	long nanoseconds;
};

struct objects {
	struct object *object;	/* by path */
	size_t n;
};

/*
 * Find and hash all objects in @dir; those that are in @known unchanged are not
 * read again.
 */
int objects_scan(const char *dir, const struct objects *known, struct objects *all);

int objects_read(struct objects *all, const char *path);
int objects_write(const struct objects *all, const char *path);
void objects_free(struct objects *all);

const struct object *objects_find(const struct objects *all, const char *path);

/* How many objects of @now are not in @before, or are others. */
size_t objects_changed(const struct objects *now, const struct objects *before);

#endif
