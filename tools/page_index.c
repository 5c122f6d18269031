// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "html.h"
#include "mem.h"
#include "page_index.h"
#include "window.h"

static void print_header(FILE *f, const struct site *s)
{
	const struct work *w = s->work;
	autofree char *title = xasprintf("Linux %s and %zu patches", w->pin.version,
					 s->grid->nrows - 1);

	page_begin(f, title);
	html(f, "<header>\n<h1>%s</h1>\n<p>", title);
	page_tally(f, &s->outcome->all);
	html(f, " &#8212; stack <code>%s</code></p>\n</header>\n<main id=\"main\">\n",
	     s->grid->row[s->grid->nrows - 1]->at.commit.hex);
}

static void print_found(FILE *f, const struct job *j)
{
	const struct verdict *v = &j->verdict;
	autofree char *line = verdict_line(v);

	html(f, "<li>");
	page_link(f, j);
	html(f, "<p>%s (%s): %s</p></li>\n", verdict_name(v->kind), failure_name(v->failure),
	     line);
}

static bool is_worth_a_line(const struct job *j)
{
	return j->judged && (!is_well(&j->verdict) || j->verdict.kind == V_WARN);
}

static void print_failures(FILE *f, const struct site *s)
{
	const struct grid *g = s->grid;
	bool any = false;

	for (size_t i = 0; i < g->nrows * g->plan->checks.n; i++) {
		const struct job *j = g->cell[i];

		if (!j || !is_worth_a_line(j))
			continue;
		html(f, any ? "" : "<ul class=\"found\">\n");
		print_found(f, j);
		any = true;
	}
	html(f, any ? "</ul>\n" : "<p>No check that was asked has failed.</p>\n");
}

static bool is_same_window(const struct window *a, const struct window *b)
{
	return a->first == b->first && a->end == b->end;
}

/* The checks that are broken between the same points are named together. */
static void print_windows(FILE *f, const struct site *s)
{
	struct windows all;

	windows_find(&all, s->grid);
	for (size_t i = 0; i < all.n; i++) {
		const struct window *w = &all.window[i];
		size_t first = 0;

		while (!is_same_window(&all.window[first], w))
			first++;
		if (first < i)
			continue;
		html(f, "<p>Broken for a while, a trap for who bisects: from %s until %s",
		     w->first->name, w->end->name);
		for (size_t k = i; k < all.n; k++)
			if (is_same_window(&all.window[k], w))
				html(f, "%s %s", k == i ? ":" : ",", all.window[k].check->name);
		html(f, ".</p>\n");
	}
	windows_free(&all);
}

static void print_left(FILE *f, size_t n, size_t of, const char *what, const char *command)
{
	html(f, "<p>%zu of %zu %s are left; <code>%s</code> goes on with them.</p>\n", n, of, what,
	     command);
}

static void print_attention(FILE *f, const struct site *s)
{
	const struct outcome *o = s->outcome;

	html(f, "<section>\n<h2>What is not well</h2>\n");
	if (!s->work->base.pinned)
		html(f, "<p>The base is not the pinned tree, so locks are not compared.</p>\n");
	print_failures(f, s);
	print_windows(f, s);
	if (o->wrong)
		html(f, "<pre>%s</pre>\n", o->issues);
	if (o->all.left)
		print_left(f, o->all.left, o->plan->n, "questions", "make test");
	if (o->untried)
		print_left(f, o->untried, o->canaries, "canaries", "make canaries");
	html(f, "</section>\n");
}

static void print_patches(FILE *f, const struct site *s, struct rows rows)
{
	html(f, "<div class=\"scroll\"><table class=\"patches\">\n");
	html(f, "<caption class=\"unseen\">Patches</caption>\n<thead><tr>");
	html(f, "<th scope=\"col\">Nr</th><th scope=\"col\">Subject</th>");
	html(f, "<th scope=\"col\">Verdicts</th></tr></thead>\n<tbody>\n");
	for (size_t row = rows.first; row < rows.end; row++) {
		const struct subject *at = s->grid->row[row];
		autofree char *page = page_of(at);
		struct tally t;

		tally(s->outcome->plan, at, &t);
		html(f, "<tr><th scope=\"row\">%zu</th><td><a href=\"%s\">%s</a></td><td>", at->nr,
		     page, at->patch->subject);
		page_tally(f, &t);
		html(f, "</td></tr>\n");
	}
	html(f, "</tbody></table></div>\n");
}

/* A table of the points in @rows by the checks of the place called @there. */
struct table {
	const struct site *site;
	struct rows rows;
	const char *there;
};

/* Not all points are asked everywhere: a variant of a kernel is for tips. */
static bool has_point(const struct table *t, size_t row)
{
	return grid_next(t->site->grid, (struct rows){ row, row + 1 }, -1, t->there) >= 0;
}

static void print_head(FILE *f, const struct table *t)
{
	html(f, "<thead><tr><th scope=\"col\">check</th>");
	for (size_t row = t->rows.first; row < t->rows.end; row++) {
		const struct subject *at = t->site->grid->row[row];
		autofree char *page = page_of(at);
		autofree char *nr = at->nr ? xasprintf("%zu", at->nr) : xstrdup(at->name);

		if (has_point(t, row))
			html(f, "<th scope=\"col\"><a href=\"%s\" aria-label=\"%s\">%s</a></th>",
			     page, at->name, nr);
	}
	html(f, "</tr></thead>\n");
}

static void print_row(FILE *f, const struct table *t, size_t column)
{
	const struct check *c = &t->site->outcome->plan->checks.check[column];
	autofree char *name = xstrndup(c->name, strcspn(c->name, "@"));

	html(f, "<tr><th scope=\"row\">%s</th>", name);
	for (size_t row = t->rows.first; row < t->rows.end; row++) {
		const struct job *j = grid_job(t->site->grid, row, column);

		if (j)
			page_cell(f, j, true);
		else if (has_point(t, row))
			html(f, "<td></td>");
	}
	html(f, "</tr>\n");
}

static void print_table(FILE *f, const struct table *t, const char *name)
{
	html(f, "<div class=\"scroll\"><table class=\"grid\">\n<caption>%s</caption>\n", name);
	print_head(f, t);
	html(f, "<tbody>\n");
	for (long at = -1; (at = grid_next(t->site->grid, t->rows, at, t->there)) >= 0;)
		print_row(f, t, at);
	html(f, "</tbody></table></div>\n");
}

/* The points of @rows by the checks of each configuration and machine, a table each. */
static void print_tables(FILE *f, const struct site *s, struct rows rows)
{
	html(f, "<div class=\"tables\">\n");
	for (long first = -1; (first = grid_next_place(s->grid, rows, first)) >= 0;) {
		const struct check *c = &s->outcome->plan->checks.check[first];
		const struct table t = { s, rows, check_where(c) };

		print_table(f, &t, page_place(c));
	}
	html(f, "</div>\n");
}

static void print_base(FILE *f, const struct site *s, struct rows rows)
{
	html(f, "<section>\n<h2>base</h2>\n");
	html(f, "<p><a href=\"base.html\">Linux %s</a>, below all series.</p>\n",
	     s->work->pin.version);
	print_tables(f, s, rows);
	html(f, "</section>\n");
}

static void print_series(FILE *f, const struct site *s, struct rows rows)
{
	const struct series *series = s->grid->row[rows.first]->series;

	html(f, "<section>\n<h2>%s</h2>\n<p>%s (v%zu, %zu of %zu patches)</p>\n", series->slug,
	     series->title, (size_t)series->version, series->files.n, (size_t)series->parts);
	print_patches(f, s, rows);
	print_tables(f, s, rows);
	html(f, "</section>\n");
}

static void print_all_series(FILE *f, const struct site *s)
{
	for (size_t row = 0; row < s->grid->nrows;) {
		struct rows rows = grid_series(s->grid, row);

		if (s->grid->row[row]->series)
			print_series(f, s, rows);
		else
			print_base(f, s, rows);
		row = rows.end;
	}
}

/* The questions, each once, though it may be asked in several places. */
static void print_questions(FILE *f, const struct checks *checks)
{
	html(f, "<h3>What is asked</h3>\n<dl>\n");
	for (size_t i = 0; i < checks->n; i++) {
		autofree char *name = xstrndup(checks->check[i].name,
					       strcspn(checks->check[i].name, "@"));
		size_t before = 0;

		while (strcmp(checks->check[before].what, checks->check[i].what))
			before++;
		if (before == i)
			html(f, "<dt>%s</dt><dd>%s</dd>\n", name, checks->check[i].what);
	}
	html(f, "</dl>\n");
}

static void print_words(FILE *f, const struct site *s)
{
	html(f, "<section>\n<h2>What the letters mean</h2>\n<dl>\n"
	     "<dt class=\"v pass\">P</dt><dd>pass</dd>\n"
	     "<dt class=\"v fail\">F</dt><dd>fail</dd>\n"
	     "<dt class=\"v void\">V</dt><dd>void: it proved nothing, and counts as failed</dd>\n"
	     "<dt class=\"v flaky\">K</dt><dd>flaky: stalled, then passed when run once more</dd>\n"
	     "<dt class=\"v warn\">W</dt><dd>warn: failed for a known reason</dd>\n"
	     "<dt class=\"v skip\">S</dt><dd>skip: does not apply here</dd>\n"
	     "<dt class=\"v left\">?</dt><dd>not judged yet</dd>\n"
	     "</dl>\n<p>Where there is no letter, nothing is asked.</p>\n");
	print_questions(f, &s->outcome->plan->checks);
	html(f, "</section>\n");
}

void page_index(FILE *f, const struct site *s)
{
	print_header(f, s);
	print_attention(f, s);
	print_all_series(f, s);
	print_words(f, s);
	html(f, "</main>\n");
	page_end(f);
}
