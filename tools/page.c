// SPDX-License-Identifier: GPL-2.0-only
#include "html.h"
#include "mem.h"
#include "page.h"

void page_begin(FILE *f, const char *title)
{
	html(f, "<!DOCTYPE html>\n"
	     "<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\" xml:lang=\"en\">\n"
	     "<head>\n"
	     "<meta charset=\"utf-8\"/>\n"
	     "<title>%s</title>\n"
	     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
	     "<link rel=\"stylesheet\" href=\"style.css\"/>\n"
	     "</head>\n"
	     "<body>\n"
	     "<a class=\"jump\" href=\"#main\">Skip to the verdicts</a>\n", title);
}

void page_end(FILE *f)
{
	html(f, "</body>\n</html>\n");
}

char *page_of(const struct subject *s)
{
	return s->series ? xasprintf("%s-%zu.html", s->series->slug, s->nr) :
			   xstrdup("base.html");
}

static const char *word(const struct job *j)
{
	return j->judged ? verdict_name(j->verdict.kind) : "not judged";
}

/* Of the word, one that no other has. */
static const char *letter(const struct job *j)
{
	static const char *const letters[] = {
		[V_PASS] = "P", [V_WARN] = "W", [V_FAIL] = "F",
		[V_SKIP] = "S", [V_FLAKY] = "K", [V_VOID] = "V",
	};

	return j->judged ? letters[j->verdict.kind] : "?";
}

static const char *class(const struct job *j)
{
	return j->judged ? word(j) : "left";
}

static char *address(const struct job *j)
{
	autofree char *page = page_of(j->subject);
	autofree char *check = html_url(j->check->name);

	return xasprintf("%s#%s", page, check);
}

void page_cell(FILE *f, const struct job *j, bool link)
{
	autofree char *to = address(j);

	html(f, "<td class=\"v %s\">", class(j));
	if (link)
		html(f, "<a href=\"%s\" aria-label=\"%s\">%s</a>", to, word(j), letter(j));
	else
		html(f, "<span role=\"img\" aria-label=\"%s\">%s</span>", word(j), letter(j));
	html(f, "</td>");
}

void page_link(FILE *f, const struct job *j)
{
	autofree char *to = address(j);

	html(f, "<span class=\"v %s\" aria-hidden=\"true\">%s</span> <a href=\"%s\">%s %s</a>\n",
	     class(j), letter(j), to, j->subject->name, j->check->name);
}

void page_tally(FILE *f, const struct tally *t)
{
	const struct {
		const char *kind, *what;
		size_t n;
	} counts[] = {
		{ "fail", "failed", t->failed }, { "flaky", "flaky", t->flaky },
		{ "left", "not judged", t->left }, { "pass", "passed", t->passed },
		{ "skip", "skipped", t->skipped },
	};
	bool any = false;

	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
		if (!counts[i].n)
			continue;
		html(f, "%s<span class=\"n %s\">%zu %s</span>", any ? ", " : "", counts[i].kind,
		     counts[i].n, counts[i].what);
		any = true;
	}
}

const char *page_place(const struct check *c)
{
	return *check_where(c) ? check_where(c) : "point";
}
