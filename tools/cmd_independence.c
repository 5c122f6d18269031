// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "depends.h"
#include "plain.h"
#include "proof.h"
#include "status.h"

static bool fails(const struct verdict *v)
{
	return v->text && v->kind != V_PASS;
}

/* "<what>: <why>", with the further lines of why below. */
static void tell(const char *slug, const char *what, const char *which, const struct verdict *v)
{
	printf("%s %s%s: %s\n", slug, what, which, failure_name(v->failure));
	plain_lines(v->text);
}

/* Say what the meta of the series at @i lacks or has too much; returns how much that is. */
static size_t compare(const struct independence *all, size_t i)
{
	const struct stack *st = &all->work->stack;
	const struct needs *s = &all->series[i];
	const char *slug = st->series[i].slug;
	const struct verdict *least;
	size_t wrong = 0;

	for (size_t on = 0; on < i; on++) {
		bool needed = fails(&s->without[on]);

		if (!all->series[on].there)
			continue;
		if (needed && !depends_on(st, i, on)) {
			tell(slug, "should say Depends: ", st->series[on].slug, &s->without[on]);
			wrong++;
		} else if (!needed && depends_directly(st, i, on)) {
			printf("%s says Depends: %s, but applies and builds without it\n", slug,
			       st->series[on].slug);
			wrong++;
		}
	}
	/* What one of several others would give it is missed without none of them. */
	least = s->on_depends.text ? &s->on_depends : &s->on_base;
	if (!wrong && fails(least)) {
		tell(slug, "fails ", s->on_depends.text ? "on what it depends on" : "alone", least);
		wrong++;
	}
	return wrong;
}

static const char *cell(const struct verdict *v)
{
	if (!v->text)
		return "-";
	return v->kind == V_PASS ? "yes" : failure_name(v->failure);
}

/* Each series by those below it: does it work without them? */
static void print_row(const struct independence *all, size_t i)
{
	const struct stack *st = &all->work->stack;
	const struct needs *s = &all->series[i];

	printf("%-28s %-6s %-8s", st->series[i].slug, cell(&s->on_base), cell(&s->on_depends));
	for (size_t on = 0; on < i; on++) {
		if (!all->series[on].there)
			continue;
		printf(" %s%s", st->series[on].slug, depends_on(st, i, on) ? "*" : "");
		printf("=%s", cell(&s->without[on]));
	}
	putchar('\n');
}

static int report(const struct independence *all)
{
	size_t wrong = 0, n = 0;

	for (size_t i = 0; i < all->work->stack.n; i++)
		if (all->series[i].there)
			wrong += compare(all, i);
	printf("%-28s %-6s %-8s without (* it depends on that)\n", "series", "alone", "depends");
	for (size_t i = 0; i < all->work->stack.n; i++) {
		if (!all->series[i].there)
			continue;
		print_row(all, i);
		n++;
	}
	printf("%zu series, %zu of what their metas say of Depends wrong\n", n, wrong);
	return wrong ? ST_FAILED : ST_OK;
}

static int independence(const struct work *w, struct store *st)
{
	struct independence all;
	int err = independence_find(&all, w, st);

	if (!err)
		err = report(&all);
	independence_free(&all);
	return err;
}

int cmd_independence(const char *root, char **args)
{
	struct proof p;
	int err;

	err = proof_open(&p, root);
	if (!err)
		err = independence(&p.work, p.store);
	proof_close(&p);
	return err;
}
