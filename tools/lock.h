/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * series/<slug>/lock: the tree that a series stands on, then the tree after each
 * of its patches.  The program writes it, and whoever reviews a change of a
 * patch sees from it which trees changed.
 */
#ifndef LOCK_H
#define LOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "git.h"

struct lock {
	bool there;
	struct oid parent;
	struct oid *tree;
	char **patch;		/* the file name that goes with tree[i] */
	size_t n;
};

/* A lock that is not there is no error; a malformed one is ST_INPUT. */
int lock_read(struct lock *l, const char *path);
int lock_write(const struct lock *l, const char *path);
void lock_add(struct lock *l, const struct oid *tree, const char *patch);
void lock_free(struct lock *l);

#endif
