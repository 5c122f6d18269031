// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "ask.h"
#include "clean.h"
#include "grid.h"
#include "json.h"
#include "mem.h"

static void string(const char *value)
{
	autofree char *text = clean(value);

	putchar('"');
	for (const char *s = text; *s; s++) {
		if (*s == '\n' || *s == '\t')
			printf("\\%c", *s == '\n' ? 'n' : 't');
		else
			printf("%s%c", *s == '"' || *s == '\\' ? "\\" : "", *s);
	}
	putchar('"');
}

/* A member of an object after @before, '{' or ','; a @value that is NULL is null. */
static void member(char before, const char *name, const char *value)
{
	printf("%c\"%s\":", before, name);
	if (value)
		string(value);
	else
		fputs("null", stdout);
}

static void print_verdict(const struct job *j)
{
	const struct verdict *v = &j->verdict;
	autofree char *seconds = j->judged ? xasprintf("%.1f", v->seconds) : xstrdup("null");

	member(',', "verdict", j->judged ? verdict_name(v->kind) : NULL);
	member(',', "class", j->judged && v->failure ? failure_name(v->failure) : NULL);
	member(',', "text", j->judged ? v->text : NULL);
	member(',', "from", j->judged ? v->from : NULL);
	printf(",\"seconds\":%s", seconds);
}

static void print_job(const struct job *j)
{
	const struct subject *s = j->subject;
	autofree char *test = ask_test(j);
	autofree char *explain = ask_explain(j);

	member('{', "point", s->name);
	member(',', "commit", s->at.commit.hex);
	member(',', "subject", s->patch ? s->patch->subject : NULL);
	member(',', "check", j->check->name);
	print_verdict(j);
	member(',', "test", test);
	member(',', "explain", explain);
	puts("}");
}

static void print_issues(const char *lines)
{
	for (const char *s = lines; *s; s += strcspn(s, "\n") + 1) {
		autofree char *line = xstrndup(s, strcspn(s, "\n"));

		member('{', "issue", line);
		puts("}");
	}
}

void json(const struct outcome *o)
{
	struct grid g;

	grid_make(&g, o->plan);
	for (size_t row = 0; row < g.nrows; row++)
		for (size_t i = 0; i < o->plan->checks.n; i++)
			if (grid_job(&g, row, i))
				print_job(grid_job(&g, row, i));
	grid_free(&g);
	print_issues(o->issues);
}
