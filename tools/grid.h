/* SPDX-License-Identifier: GPL-2.0-only */
/* A plan's jobs as a person looks at them: points from the bottom up by checks. */
#ifndef GRID_H
#define GRID_H

#include "plan.h"

struct grid {
	const struct plan *plan;
	const struct subject **row;
	size_t nrows;
	const struct job **cell;	/* nrows times plan->checks.n */
};

/* The grid of @p, which has to stay.  The caller calls grid_free(). */
void grid_make(struct grid *g, const struct plan *p);
void grid_free(struct grid *g);

/* The job of check @column at @row, NULL when it is not asked there. */
const struct job *grid_job(const struct grid *g, size_t row, size_t column);

#endif
