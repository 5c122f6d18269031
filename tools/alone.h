/* SPDX-License-Identifier: GPL-2.0-only */
/* A series without others of the stack: does it apply there, and compile? */
#ifndef ALONE_H
#define ALONE_H

#include "store.h"
#include "work.h"

/* Objects that a series touches in one configuration, as its tip in the stack is built. */
struct touches {
	const char *config;
	char **object;
	size_t n;
};

/* A carried series, and what was found out about it once. */
struct alone {
	const struct work *work;
	size_t series;			/* index in the stack */
	struct touches *touches;	/* one for each configuration that it is about */
	size_t ntouches;
};

/*
 * Find out which objects the series at index @i of the applied stack touches; its tip
 * is built if it is not.  ST_FAILED when it does not build in the stack.  The caller
 * calls alone_free() in any case.
 */
int alone_find(struct alone *a, const struct work *w, size_t i);
void alone_free(struct alone *a);

/*
 * Apply the series on @parent and compile those objects there, or take from @st what
 * is known of that.  @tip is where it then ends, @parent when it does not apply.
 *
 *	V_PASS	it applies, and all objects compile
 *	V_FAIL	FAIL_APPLY, FAIL_BUILD or FAIL_CONFIG
 */
int alone_try(const struct alone *a, const struct point *parent, struct store *st,
	      struct point *tip, struct verdict *v);

#endif
