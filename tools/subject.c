// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "mem.h"
#include "subject.h"

static struct subject *more(struct subjects *all, const struct work *w)
{
	struct subject *s = array_more(all->subject, all->n);

	all->n++;
	s->work = w;
	return s;
}

static void add_series(struct subjects *all, const struct work *w, size_t i)
{
	const struct series *series = &w->stack.series[i];
	const struct applied *a = &w->applied[i];

	for (size_t k = 0; k < a->n; k++) {
		struct subject *s = more(all, w);

		s->name = xasprintf("%s/%zu", series->slug, k + 1);
		s->series = series;
		s->patch = &series->patch[k];
		s->nr = k + 1;
		s->tip = k + 1 == a->n;
		s->at = a->point[k];
		s->parent = k ? a->point[k - 1] : a->parent;
	}
}

void subjects_of(const struct work *w, struct subjects *all)
{
	struct subject *base;

	*all = (struct subjects){ 0 };
	base = more(all, w);
	base->name = xstrdup("base");
	base->at = base->parent = w->base.point;
	for (size_t i = 0; i < w->stack.n; i++)
		if (w->stack.series[i].status == CARRIED)
			add_series(all, w, i);
	all->subject[0].tip = all->n == 1;
	all->subject[all->n - 1].top = true;
}

void subjects_free(struct subjects *all)
{
	for (size_t i = 0; i < all->n; i++)
		free(all->subject[i].name);
	free(all->subject);
	*all = (struct subjects){ 0 };
}
