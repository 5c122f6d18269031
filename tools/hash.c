// SPDX-License-Identifier: GPL-2.0-only
#include <sys/types.h>
#include <sha2.h>

#include "hash.h"
#include "status.h"

void hash_data(const void *data, size_t len, struct hash *h)
{
	SHA256Data(data, len, h->hex);
}

int hash_file(const char *path, struct hash *h)
{
	if (!SHA256File(path, h->hex))
		return fail_errno(ST_INFRA, "%s", path);
	return ST_OK;
}
