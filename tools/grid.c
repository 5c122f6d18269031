// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "mem.h"

/* Jobs in the order of their places, which is that of points, then checks. */
static int by_place(const void *a, const void *b)
{
	const struct job *const *x = a, *const *y = b;

	return (*x)->nr < (*y)->nr ? -1 : (*x)->nr > (*y)->nr;
}

static const struct job **in_place(const struct plan *p)
{
	const struct job **all = xcalloc(p->n + 1, sizeof(*all));

	for (size_t i = 0; i < p->n; i++)
		all[i] = &p->job[i];
	qsort(all, p->n, sizeof(*all), by_place);
	return all;
}

void grid_make(struct grid *g, const struct plan *p)
{
	autofree const struct job **all = in_place(p);

	*g = (struct grid){ .plan = p };
	for (size_t i = 0; i < p->n; i++)
		if (!i || all[i]->subject != all[i - 1]->subject) {
			*array_more(g->row, g->nrows) = all[i]->subject;
			g->nrows++;
		}
	g->cell = xcalloc(g->nrows * p->checks.n + 1, sizeof(*g->cell));
	for (size_t i = 0, row = 0; i < p->n; i++) {
		if (i && all[i]->subject != all[i - 1]->subject)
			row++;
		g->cell[row * p->checks.n + (all[i]->check - p->checks.check)] = all[i];
	}
}

void grid_free(struct grid *g)
{
	free(g->row);
	free(g->cell);
	*g = (struct grid){ 0 };
}

const struct job *grid_job(const struct grid *g, size_t row, size_t column)
{
	return g->cell[row * g->plan->checks.n + column];
}

struct rows grid_series(const struct grid *g, size_t first)
{
	struct rows rows = { first, first };

	while (rows.end < g->nrows && g->row[rows.end]->series == g->row[first]->series)
		rows.end++;
	return rows;
}

/* Whether a check is asked in one of @rows. */
static bool is_used(const struct grid *g, struct rows rows, size_t column)
{
	for (size_t row = rows.first; row < rows.end; row++)
		if (grid_job(g, row, column))
			return true;
	return false;
}

long grid_next(const struct grid *g, struct rows rows, long at, const char *there)
{
	const struct checks *checks = &g->plan->checks;

	for (at++; at < (long)checks->n; at++)
		if (!strcmp(check_where(&checks->check[at]), there) && is_used(g, rows, at))
			return at;
	return -1;
}

long grid_next_place(const struct grid *g, struct rows rows, long at)
{
	const struct checks *checks = &g->plan->checks;

	for (at++; at < (long)checks->n; at++)
		if (grid_next(g, rows, -1, check_where(&checks->check[at])) == at)
			return at;
	return -1;
}
