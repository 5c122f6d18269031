/* SPDX-License-Identifier: GPL-2.0-only */
/* What the metas say a series depends on, beside what it is found to need. */
#ifndef DEPENDS_H
#define DEPENDS_H

#include <stdbool.h>

#include "alone.h"

/* Whether the meta of the series at index @i names that at @on, itself or by way of others. */
bool depends_on(const struct stack *st, size_t i, size_t on);

/* Whether the meta itself names it. */
bool depends_directly(const struct stack *st, size_t i, size_t on);

/* What was found out about a carried series. */
struct needs {
	struct alone alone;
	struct verdict on_base;		/* on the base, alone */
	struct verdict on_depends;	/* and on what its meta says it depends on, if it does */
	struct verdict *without;	/* for each series of the stack below it: without that */
	size_t n;
	bool there;			/* it is carried and has patches */
};

struct independence {
	const struct work *work;
	struct needs *series;		/* one for each series of the stack */
};

/*
 * Try each series by itself, and the stack without each series, in which what fails is
 * left out, too.  The caller calls independence_free() in any case.
 */
int independence_find(struct independence *all, const struct work *w, struct store *st);
void independence_free(struct independence *all);

#endif
