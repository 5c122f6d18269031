// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "depends.h"
#include "mem.h"
#include "progress.h"
#include "run.h"
#include "status.h"

bool depends_directly(const struct stack *st, size_t i, size_t on)
{
	const struct fields *meta = &st->series[i].meta;

	for (size_t k = 0; k < meta->n; k++)
		if (!strcmp(meta->field[k].name, "Depends") &&
		    !strcmp(meta->field[k].value, st->series[on].slug))
			return true;
	return false;
}

bool depends_on(const struct stack *st, size_t i, size_t on)
{
	if (depends_directly(st, i, on))
		return true;
	/* What a series depends on stands below it, so this ends. */
	for (size_t k = on + 1; k < i; k++)
		if (depends_directly(st, i, k) && depends_on(st, k, on))
			return true;
	return false;
}

/* One trial, of which a person sees that it is made. */
static int try_on(const struct needs *s, const struct point *parent, const char *how,
		  const char *which, struct store *st, struct point *tip, struct verdict *v)
{
	const struct work *w = s->alone.work;
	autofree char *step = xasprintf("%s %s%s", w->stack.series[s->alone.series].slug, how, which);
	int err;

	progress_begin(step);
	err = alone_try(&s->alone, parent, st, tip, v);
	progress_end();
	return err ? err : interrupted();
}

/* On the base with nothing but what its meta says it depends on, if it says so. */
static int try_on_depends(const struct independence *all, size_t i, struct store *st)
{
	const struct work *w = all->work;
	struct point at = w->base.point;
	struct needs *s = &all->series[i];
	struct verdict v = { 0 };
	bool any = false;
	int err = ST_OK;

	for (size_t k = 0; !err && k < i; k++) {
		if (!all->series[k].there || !depends_on(&w->stack, i, k))
			continue;
		any = true;
		err = alone_try(&all->series[k].alone, &at, st, &at, &v);
	}
	verdict_free(&v);
	if (err || !any)
		return err;
	return try_on(s, &at, "on what it depends on", "", st, &at, &s->on_depends);
}

static int try_alone(const struct independence *all, size_t i, struct store *st)
{
	struct needs *s = &all->series[i];
	struct point tip;
	int err;

	if (!s->there)
		return ST_OK;
	err = try_on(s, &all->work->base.point, "alone", "", st, &tip, &s->on_base);
	return err ? err : try_on_depends(all, i, st);
}

/* The stack without the series at @out; what fails above it is left out, too. */
static int try_without(const struct independence *all, size_t out, struct store *st)
{
	const struct work *w = all->work;
	struct point at = *work_parent(w, out), tip;
	int err = ST_OK;

	for (size_t i = out + 1; !err && i < w->stack.n; i++) {
		struct needs *s = &all->series[i];

		if (!s->there)
			continue;
		err = try_on(s, &at, "without ", w->stack.series[out].slug, st, &tip,
			     &s->without[out]);
		if (!err && s->without[out].kind == V_PASS)
			at = tip;
	}
	return err;
}

static int begin(const struct independence *all, size_t i)
{
	const struct work *w = all->work;
	struct needs *s = &all->series[i];

	s->there = w->stack.series[i].status == CARRIED && w->stack.series[i].files.n;
	s->n = i;
	s->without = xcalloc(i + 1, sizeof(*s->without));
	return s->there ? alone_find(&s->alone, w, i) : ST_OK;
}

int independence_find(struct independence *all, const struct work *w, struct store *st)
{
	int err = ST_OK;

	*all = (struct independence){ .work = w };
	all->series = xcalloc(w->stack.n, sizeof(*all->series));
	for (size_t i = 0; !err && i < w->stack.n; i++)
		err = begin(all, i);
	for (size_t i = 0; !err && i < w->stack.n; i++)
		err = try_alone(all, i, st);
	for (size_t i = 0; !err && i < w->stack.n; i++)
		if (all->series[i].there)
			err = try_without(all, i, st);
	return err;
}

void independence_free(struct independence *all)
{
	for (size_t i = 0; all->series && i < all->work->stack.n; i++) {
		struct needs *s = &all->series[i];

		alone_free(&s->alone);
		verdict_free(&s->on_base);
		verdict_free(&s->on_depends);
		for (size_t k = 0; k < s->n; k++)
			verdict_free(&s->without[k]);
		free(s->without);
	}
	free(all->series);
	*all = (struct independence){ 0 };
}
