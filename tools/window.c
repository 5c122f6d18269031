// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "mem.h"
#include "window.h"

static bool is_broken(const struct verdict *v)
{
	return v->kind == V_FAIL || v->kind == V_VOID;
}

static bool is_whole(const struct verdict *v)
{
	return v->kind == V_PASS || v->kind == V_WARN || v->kind == V_FLAKY;
}

static void find_in(struct windows *all, const struct grid *g, size_t column)
{
	const struct subject *first = NULL;
	bool was_whole = false;

	for (size_t row = 0; row < g->nrows; row++) {
		const struct job *j = grid_job(g, row, column);

		if (!j || !j->judged)
			continue;
		if (is_broken(&j->verdict) && was_whole) {
			first = j->subject;
			was_whole = false;
		} else if (is_whole(&j->verdict)) {
			if (first) {
				*array_more(all->window, all->n) = (struct window){
					j->check, first, j->subject,
				};
				all->n++;
			}
			first = NULL;
			was_whole = true;
		}
	}
}

void windows_find(struct windows *all, const struct grid *g)
{
	*all = (struct windows){ 0 };
	for (size_t i = 0; i < g->plan->checks.n; i++)
		find_in(all, g, i);
}

void windows_free(struct windows *all)
{
	free(all->window);
	*all = (struct windows){ 0 };
}
