/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the stack is broken for a while: a check passes, fails from one point on and
 * passes again further up.  Who bisects for something else falls into that.
 */
#ifndef WINDOW_H
#define WINDOW_H

#include "grid.h"

/* A check that fails from point @first up to, but not at, point @end. */
struct window {
	const struct check *check;
	const struct subject *first;
	const struct subject *end;
};

struct windows {
	struct window *window;
	size_t n;
};

/* All windows in @g.  A point that is not judged, or skipped, neither opens nor shuts one. */
void windows_find(struct windows *all, const struct grid *g);
void windows_free(struct windows *all);

#endif
