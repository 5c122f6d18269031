/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a verdict depends on, by name and content.  Two runs with equal
 * components have the same key, and the verdict of the first holds for both.
 */
#ifndef KEY_H
#define KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "hash.h"

struct component {
	char *name;
	char *value;
};

struct key {
	struct component *component;
	size_t n;
};

/* Add a component; its value is formatted as by printf and should be short. */
void key_add(struct key *k, const char *name, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Add the hash of @len bytes of content. */
void key_add_data(struct key *k, const char *name, const void *data, size_t len);

/*
 * Add the hash of all files below a directory, or of one file: their names and
 * content, not their times.  What is not there counts as empty.
 */
int key_add_files(struct key *k, const char *name, const char *path);

void key_hash(const struct key *k, struct hash *h);
bool key_same(const struct key *a, const struct key *b);
void key_free(struct key *k);

#endif
