// SPDX-License-Identifier: GPL-2.0-only
#include "pattern.h"

static unsigned char byte(size_t at, unsigned int seed)
{
	return (at * 2654435761u >> 13) ^ (at >> 12) ^ seed * 29;
}

void pattern_put(void *p, size_t at, size_t len, unsigned int seed)
{
	volatile unsigned char *to = p;

	for (size_t i = 0; i < len; i++)
		to[i] = byte(at + i, seed);
}

bool pattern_is(const void *p, size_t at, size_t len, unsigned int seed)
{
	const volatile unsigned char *from = p;

	for (size_t i = 0; i < len; i++)
		if (from[i] != byte(at + i, seed))
			return false;
	return true;
}
