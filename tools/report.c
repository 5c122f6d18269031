// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "plain.h"
#include "report.h"
#include "window.h"

static const char *cell(const struct job *j)
{
	if (!j)
		return "-";
	return j->judged ? verdict_name(j->verdict.kind) : "?";
}

static struct rows all_rows(const struct grid *g)
{
	return (struct rows){ 0, g->nrows };
}

/* How wide the column of a check is, and its name without the configuration. */
static int width(const struct check *c, int *len)
{
	*len = strcspn(c->name, "@");
	return *len < 5 ? 5 : *len;
}

static bool is_asked(const struct grid *g, size_t row, const char *there)
{
	return grid_next(g, (struct rows){ row, row + 1 }, -1, there) >= 0;
}

static void print_row(const struct grid *g, size_t row, const char *there)
{
	int len;

	printf("%-28s", g->row[row]->name);
	for (long at = -1; (at = grid_next(g, all_rows(g), at, there)) >= 0;)
		printf(" %-*s", width(&g->plan->checks.check[at], &len),
		       cell(grid_job(g, row, at)));
	putchar('\n');
}

static void print_head(const struct grid *g, const char *there)
{
	int len;

	printf("%-28s", *there ? there : "point");
	for (long at = -1; (at = grid_next(g, all_rows(g), at, there)) >= 0;) {
		const struct check *c = &g->plan->checks.check[at];
		int column = width(c, &len);

		printf(" %-*.*s", column, len, c->name);
	}
	putchar('\n');
}

/* The points by the checks of a configuration or machine, bottom first. */
static void print_table(const struct grid *g, const char *there)
{
	print_head(g, there);
	for (size_t row = 0; row < g->nrows; row++)
		if (is_asked(g, row, there))
			print_row(g, row, there);
}

static void print_tables(const struct grid *g)
{
	for (long at = -1; (at = grid_next_place(g, all_rows(g), at)) >= 0;)
		print_table(g, check_where(&g->plan->checks.check[at]));
}

static void print_windows(const struct grid *g)
{
	struct windows all;

	windows_find(&all, g);
	for (size_t i = 0; i < all.n; i++)
		printf("broken for a while: %s from %s until %s, a trap for who bisects\n",
		       all.window[i].check->name, all.window[i].first->name,
		       all.window[i].end->name);
	windows_free(&all);
}

static void print_failures(const struct plan *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct job *j = &p->job[i];

		if (!j->judged || (is_well(&j->verdict) && j->verdict.kind != V_WARN))
			continue;
		printf("%s %s: %s (%s)\n", j->subject->name, j->check->name,
		       verdict_name(j->verdict.kind), failure_name(j->verdict.failure));
		plain_lines(j->verdict.text);
	}
}

/* The last lines. */
static void print_sum(const struct outcome *o)
{
	const struct tally *t = &o->all;

	if (o->untried)
		printf("%zu of %zu canaries not tried; `make canaries` tries them\n", o->untried,
		       o->canaries);
	if (t->left)
		printf("NOT PROVED %zu of %zu%s\n", t->left, o->plan->n,
		       t->top ? "; the top of the stack is, variants and special machines aside" : "");
	printf("%zu passed, %zu failed, %zu skipped", t->passed, t->failed, t->skipped);
	if (t->flaky)
		printf(", %zu flaky", t->flaky);
	putchar('\n');
}

void report(const struct outcome *o)
{
	struct grid g;

	grid_make(&g, o->plan);
	print_tables(&g);
	fputs(o->issues, stdout);
	print_failures(o->plan);
	print_windows(&g);
	print_sum(o);
	grid_free(&g);
}
