// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "ask.h"
#include "html.h"
#include "mem.h"
#include "page_point.h"

static void print_link(FILE *f, const struct subject *to, const char *what)
{
	autofree char *page = page_of(to);

	html(f, "<li><a href=\"%s\">%s: %s</a></li>\n", page, what, to->name);
}

static void print_way(FILE *f, const struct grid *g, size_t row)
{
	html(f, "<nav aria-label=\"The stack\"><ul>\n");
	html(f, "<li><a href=\"index.html\">all points</a></li>\n");
	if (row)
		print_link(f, g->row[row - 1], "below");
	if (row + 1 < g->nrows)
		print_link(f, g->row[row + 1], "above");
	html(f, "<li><a href=\"#main\">verdicts</a></li>\n</ul></nav>\n");
}

/* The message, without the mail around it and the diff below. */
static void print_patch(FILE *f, const struct subject *s)
{
	const char *body = s->patch->body;
	const char *end = strstr(body, "\n---\n");
	autofree char *message = xstrndup(body, end ? (size_t)(end - body) : strlen(body));

	html(f, "<dt>file</dt><dd><code>patches/%s/%s</code></dd>\n</dl>\n"
	     "<pre class=\"message\">%s</pre>\n", s->series->slug,
	     s->series->files.name[s->nr - 1], message);
}

static void print_header(FILE *f, const struct site *s, size_t row)
{
	const struct subject *at = s->grid->row[row];
	const char *what = at->patch ? at->patch->subject : "The base";
	autofree char *title = xasprintf("%s: %s", at->name, what);
	struct tally t;

	tally(s->outcome->plan, at, &t);
	page_begin(f, title);
	html(f, "<header>\n");
	print_way(f, s->grid, row);
	html(f, "<h1>%s</h1>\n<p>", what);
	page_tally(f, &t);
	html(f, "</p>\n<dl>\n<dt>point</dt><dd>%s</dd>\n", at->name);
	html(f, "<dt>commit</dt><dd><code>%s</code></dd>\n", at->at.commit.hex);
	if (at->patch)
		print_patch(f, at);
	else
		html(f, "</dl>\n");
	html(f, "</header>\n<main id=\"main\">\n");
}

static void print_text(FILE *f, const struct verdict *v)
{
	html(f, "<div>");
	if (v->kind != V_PASS && v->kind != V_SKIP)
		html(f, "<strong>%s (%s)</strong>\n", verdict_name(v->kind),
		     failure_name(v->failure));
	html(f, strchr(v->text, '\n') ? "<pre>%s</pre>" : "<p>%s</p>", v->text);
	if (v->from)
		html(f, "<p>as found for %s</p>", v->from);
	html(f, "</div>");
}

static void print_commands(FILE *f, const struct job *j)
{
	bool open = !j->judged || !is_well(&j->verdict);
	autofree char *test = ask_test(j);
	autofree char *explain = ask_explain(j);

	html(f, open ? "<details open=\"open\">" : "<details>");
	html(f, "<summary>commands<span class=\"unseen\"> for %s</span></summary>", j->check->name);
	html(f, "<pre>%s\n%s</pre></details>", test, explain);
}

static void print_row(FILE *f, const struct job *j)
{
	autofree char *name = xstrndup(j->check->name, strcspn(j->check->name, "@"));

	html(f, "<tr id=\"%s\"><th scope=\"row\">%s</th>", j->check->name, name);
	page_cell(f, j, false);
	html(f, "<td><div class=\"said\">");
	if (j->judged)
		print_text(f, &j->verdict);
	else
		html(f, "<p>not judged</p>");
	print_commands(f, j);
	html(f, "</div></td></tr>\n");
}

/* What was asked in the place of column @first. */
static void print_place(FILE *f, const struct grid *g, size_t row, long first)
{
	const struct check *c = &g->plan->checks.check[first];
	struct rows only = { row, row + 1 };

	html(f, "<table class=\"place\">\n<caption><h2>%s</h2></caption>\n", page_place(c));
	html(f, "<thead class=\"unseen\"><tr><th scope=\"col\">Check</th>");
	html(f, "<th scope=\"col\">Verdict</th><th scope=\"col\">What was found</th></tr>");
	html(f, "</thead>\n<tbody>\n");
	for (long at = -1; (at = grid_next(g, only, at, check_where(c))) >= 0;)
		print_row(f, grid_job(g, row, at));
	html(f, "</tbody></table>\n");
}

void page_point(FILE *f, const struct site *s, size_t row)
{
	struct rows only = { row, row + 1 };

	print_header(f, s, row);
	for (long at = -1; (at = grid_next_place(s->grid, only, at)) >= 0;)
		print_place(f, s->grid, row, at);
	html(f, "</main>\n");
	page_end(f);
}
