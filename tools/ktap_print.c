// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "clean.h"
#include "grid.h"
#include "ktap_print.h"
#include "mem.h"

/* More than one blank, as "# Subtest: x" would be taken for the name of a test. */
static void print_lines(const char *indent, const char *lines)
{
	autofree char *text = clean(lines);

	for (const char *s = text; *s; s += strcspn(s, "\n"), s += *s == '\n')
		printf("%s#   %.*s\n", indent, (int)strcspn(s, "\n"), s);
}

static bool is_ok(const struct job *j)
{
	return j->judged && (is_well(&j->verdict) || j->verdict.kind == V_FLAKY);
}

/* What follows the name: a directive, and what came of it. */
static char *remark(const struct job *j)
{
	const struct verdict *v = &j->verdict;
	autofree char *reason = NULL;

	if (!j->judged)
		return xstrdup(" # ERROR not judged");
	if (v->kind == V_PASS)
		return xstrdup("");
	if (v->kind == V_SKIP) {
		reason = clean(v->text);
		return xasprintf(" # SKIP %.*s", (int)strcspn(reason, "\n"), reason);
	}
	return xasprintf(" # %s%s (%s)", v->kind == V_VOID ? "ERROR " :
			 v->kind == V_FAIL && v->failure == FAIL_TIMEOUT ? "TIMEOUT " : "",
			 verdict_name(v->kind), failure_name(v->failure));
}

static void print_job(const struct job *j, size_t nr)
{
	autofree char *after = remark(j);

	if (j->judged && j->verdict.kind != V_PASS && j->verdict.kind != V_SKIP)
		print_lines("    ", j->verdict.text);
	printf("    %s %zu %s%s\n", is_ok(j) ? "ok" : "not ok", nr, j->check->name, after);
}

static size_t count(const struct grid *g, size_t row)
{
	size_t n = 0;

	for (size_t i = 0; i < g->plan->checks.n; i++)
		n += !!grid_job(g, row, i);
	return n;
}

static void print_point(const struct grid *g, size_t row)
{
	const char *name = g->row[row]->name;
	bool all_ok = true;
	size_t nr = 0;

	printf("    KTAP version 1\n    # Subtest: %s\n    1..%zu\n", name, count(g, row));
	for (size_t i = 0; i < g->plan->checks.n; i++) {
		const struct job *j = grid_job(g, row, i);

		if (!j)
			continue;
		print_job(j, ++nr);
		all_ok &= is_ok(j);
	}
	printf("%s %zu %s\n", all_ok ? "ok" : "not ok", row + 1, name);
}

void ktap_print(const struct outcome *o)
{
	struct grid g;

	grid_make(&g, o->plan);
	printf("KTAP version 1\n1..%zu\n", g.nrows + (o->wrong > 0));
	for (size_t row = 0; row < g.nrows; row++)
		print_point(&g, row);
	print_lines("", o->issues);
	if (o->wrong)
		printf("not ok %zu configs/known-issues\n", g.nrows + 1);
	grid_free(&g);
}
