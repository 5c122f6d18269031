/* SPDX-License-Identifier: GPL-2.0-only */
/* All series in the order of series/order, bottom first. */
#ifndef STACK_H
#define STACK_H

#include "list.h"
#include "series.h"

struct stack {
	struct list order;
	struct series *series;	/* order.n of them */
	size_t n;
};

/*
 * Read every series under @root.  ST_INPUT when one is malformed, is there but
 * not named in series/order, or depends on one that does not stand below it.
 */
int stack_read(struct stack *st, const char *root);
void stack_free(struct stack *st);

/* Read the series at index @i again after its files were written. */
int stack_reread(struct stack *st, const char *root, size_t i);

/* The index of the series called @slug; an unknown one is ST_USAGE. */
int stack_find(const struct stack *st, const char *slug, size_t *i);

#endif
