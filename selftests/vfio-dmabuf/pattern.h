/* SPDX-License-Identifier: GPL-2.0-only */
/* Bytes that tell where they belong. */
#ifndef PATTERN_H
#define PATTERN_H

#include <stdbool.h>
#include <stddef.h>

/* Write them to @p, as those at @at of what @seed stands for. */
void pattern_put(void *p, size_t at, size_t len, unsigned int seed);

/* Whether they are there. */
bool pattern_is(const void *p, size_t at, size_t len, unsigned int seed);

#endif
