/* SPDX-License-Identifier: GPL-2.0-only */
/* Which part of the stack a run is about: SEGMENT=i/n of the environment. */
#ifndef SEGMENT_H
#define SEGMENT_H

#include "subject.h"

/*
 * Make @part the i-th of n parts of @all, which stand one above the other and differ
 * by one point at most in their size; all of it when SEGMENT is not set or empty.
 * @part shares what @all has, and is not freed.  ST_USAGE when SEGMENT is no such part.
 */
int segment_of(const struct subjects *all, struct subjects *part);

/* Whether SEGMENT is set. */
bool segment_given(void);

#endif
