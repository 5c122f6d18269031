/* SPDX-License-Identifier: GPL-2.0-only */
/* SHA-256 (FIPS 180-4), by libmd. */
#ifndef HASH_H
#define HASH_H

#include <stddef.h>

#define HASH_LEN 64
struct hash {
	char hex[HASH_LEN + 1];
};

void hash_data(const void *data, size_t len, struct hash *h);

/* The hash of a file's content; an unreadable file is an ST_INFRA error. */
int hash_file(const char *path, struct hash *h);

#endif
