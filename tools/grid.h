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

/* Rows of a grid from @first up to, but not at, @end: those of a series, say. */
struct rows {
	size_t first;
	size_t end;
};

/* The job of check @column at @row, NULL when it is not asked there. */
const struct job *grid_job(const struct grid *g, size_t row, size_t column);

/* All rows of the series of row @first, or the base alone. */
struct rows grid_series(const struct grid *g, size_t first);

/*
 * The next column after @at, or the first one when @at is -1, that is asked @there in
 * one of @rows; -1: none.
 */
long grid_next(const struct grid *g, struct rows rows, long at, const char *there);

/*
 * The next place after that of column @at, or the first one when @at is -1, where
 * something is asked in one of @rows: its first column, -1: none.
 */
long grid_next_place(const struct grid *g, struct rows rows, long at);

#endif
