// SPDX-License-Identifier: GPL-2.0-only
#include <fnmatch.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "known.h"
#include "mem.h"
#include "status.h"

static const struct field_rule rules[] = {
	{ "Issue", .many = true },
	{ "Says", .many = true },
	{ "Until", .many = true },
	{ "Link", .many = true },
	{ "Reason", .many = true, .lines = true },
	{ NULL },
};

static int bad(const struct known *k, int line, const char *what)
{
	return fail(ST_INPUT, "%s:%d: %s", k->fields.path, line, what);
}

/* "<slug>", "<slug>/<nr>" or "<slug>/<nr>-<nr>"; @text is cut up. */
static bool parse_points(struct issue *i, char *text)
{
	char *nr = strchr(text, '/'), *end;

	i->first = 0;
	i->last = ULONG_MAX;
	if (nr) {
		*nr++ = '\0';
		i->first = i->last = strtoul(nr, &end, 10);
		if (*end == '-')
			i->last = strtoul(end + 1, &end, 10);
		if (*end || !i->first || i->last < i->first)
			return false;
	}
	i->slug = xstrdup(text);
	return *text;
}

static int begin(struct known *k, const struct field *f)
{
	struct issue *i = array_more(k->issue, k->n);
	autofree char *points = xstrdup(f->value);
	char *check = strchr(points, ' ');

	k->n++;
	i->line = f->line;
	if (check)
		*check++ = '\0';
	if (!check || !*check || strchr(check, ' ') || !parse_points(i, points))
		return bad(k, f->line, "an Issue is \"<slug>[/<nr>[-<nr>]] <check>\", or \"base <check>\"");
	i->check = xstrdup(check);
	return ST_OK;
}

static bool is_date(const char *s)
{
	int year, month, day, end = 0;

	return sscanf(s, "%4d-%2d-%2d%n", &year, &month, &day, &end) == 3 && end == 10 &&
	       !s[end] && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static int take(struct known *k, const struct field *f)
{
	struct issue *i = k->n ? &k->issue[k->n - 1] : NULL;
	const char **to;

	if (!strcmp(f->name, "Issue"))
		return begin(k, f);
	if (!i)
		return bad(k, f->line, "no Issue above this line");
	to = !strcmp(f->name, "Says") ? &i->says : !strcmp(f->name, "Until") ? &i->until :
	     !strcmp(f->name, "Link") ? &i->link : &i->reason;
	if (*to)
		return bad(k, f->line, "the issue has that already");
	if (to == &i->until && !is_date(f->value))
		return bad(k, f->line, "Until is a date, <year>-<month>-<day>");
	*to = f->value;
	return ST_OK;
}

int known_read(struct known *k, const char *path)
{
	int err;

	*k = (struct known){ 0 };
	if (!file_exists(path))
		return ST_OK;
	err = fields_read(&k->fields, path, rules);
	for (size_t i = 0; !err && i < k->fields.n; i++)
		err = take(k, &k->fields.field[i]);
	for (size_t i = 0; !err && i < k->n; i++)
		if (!k->issue[i].says || !k->issue[i].until || !k->issue[i].link ||
		    !k->issue[i].reason)
			err = bad(k, k->issue[i].line, "an issue needs Says, Until, Link and Reason");
	return err;
}

void known_free(struct known *k)
{
	for (size_t i = 0; i < k->n; i++) {
		free(k->issue[i].slug);
		free(k->issue[i].check);
	}
	free(k->issue);
	fields_free(&k->fields);
	*k = (struct known){ 0 };
}

static bool is_about(const struct issue *i, const struct job *j)
{
	const struct subject *s = j->subject;

	return !strcmp(s->series ? s->series->slug : "base", i->slug) &&
	       s->nr >= i->first && s->nr <= i->last &&
	       !fnmatch(i->check, j->check->name, 0);
}

static bool has_failed(const struct verdict *v)
{
	return v->kind == V_FAIL || v->kind == V_FLAKY || v->kind == V_VOID;
}

static void warn(const struct issue *i, struct verdict *v)
{
	autofree char *text = xstrdup(v->text);

	verdict(v, V_WARN, v->failure, "known: %s (%s)\n%s", i->reason, i->link, text);
}

/* What is wrong with @i itself; NULL: nothing. */
static const char *apply_one(const struct issue *i, struct plan *p, const char *today)
{
	size_t about = 0, left = 0, matched = 0;

	if (strcmp(i->until, today) < 0)
		return "has expired: mend what it is about, or look at it again and give it a new date";
	for (size_t n = 0; n < p->n; n++) {
		struct job *j = &p->job[n];

		if (!is_about(i, j))
			continue;
		about++;
		left += !j->judged;
		if (!j->judged || !has_failed(&j->verdict) || !strstr(j->verdict.text, i->says))
			continue;
		matched++;
		warn(i, &j->verdict);
	}
	if (!about)
		return "is about no point and check that there is";
	return matched || left ? NULL : "matches nothing any more: remove it";
}

size_t known_apply(const struct known *k, struct plan *p, const char *today)
{
	size_t wrong = 0;

	for (size_t i = 0; i < k->n; i++) {
		const char *why = apply_one(&k->issue[i], p, today);

		if (!why)
			continue;
		printf("%s:%d: this issue %s\n", k->fields.path, k->issue[i].line, why);
		wrong++;
	}
	return wrong;
}
