// SPDX-License-Identifier: GPL-2.0-only
#include <fnmatch.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "known.h"
#include "mem.h"
#include "status.h"

static const struct field_rule rules[] = {
	{ "Issue", .required = true },
	{ "Says", .required = true },
	{ "Until", .required = true },
	{ "Link", .required = true },
	{ "Reason", .required = true, .lines = true },
	{ NULL },
};

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

static bool is_date(const char *s)
{
	int year, month, day, end = 0;

	return sscanf(s, "%4d-%2d-%2d%n", &year, &month, &day, &end) == 3 && end == 10 &&
	       !s[end] && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static int fill(struct issue *i, const struct fields *fs)
{
	autofree char *points = xstrdup(fields_get(fs, "Issue"));
	char *check = strchr(points, ' ');

	i->path = fs->path;
	i->line = fs->field->line;
	i->says = fields_get(fs, "Says");
	i->until = fields_get(fs, "Until");
	i->link = fields_get(fs, "Link");
	i->reason = fields_get(fs, "Reason");
	if (check)
		*check++ = '\0';
	if (!check || !*check || strchr(check, ' ') || !parse_points(i, points))
		return fail(ST_INPUT, "%s:%d: an Issue is \"<slug>[/<nr>[-<nr>]] <check>\", or \"base <check>\"",
			    i->path, i->line);
	i->check = xstrdup(check);
	if (!is_date(i->until))
		return fail(ST_INPUT, "%s:%d: Until is a date, <year>-<month>-<day>", i->path,
			    i->line);
	return ST_OK;
}

int known_read(struct known *k, const char *path)
{
	int err;

	*k = (struct known){ 0 };
	err = records_read(&k->records, path, rules);
	for (size_t i = 0; !err && i < k->records.n; i++) {
		struct issue *issue = array_more(k->issue, k->n);

		k->n++;
		err = fill(issue, &k->records.record[i]);
	}
	return err;
}

void known_free(struct known *k)
{
	for (size_t i = 0; i < k->n; i++) {
		free(k->issue[i].slug);
		free(k->issue[i].check);
	}
	free(k->issue);
	records_free(&k->records);
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
	size_t about = 0, left = 0, matched = 0, flaky = 0;

	if (strcmp(i->until, today) < 0)
		return "has expired: mend what it is about, or look at it again and give it a new date";
	for (size_t n = 0; n < p->n; n++) {
		struct job *j = &p->job[n];

		if (!is_about(i, j))
			continue;
		about++;
		left += !j->judged;
		flaky += j->flakes > 1;
		if (!j->judged || !has_failed(&j->verdict) || !strstr(j->verdict.text, i->says))
			continue;
		matched++;
		warn(i, &j->verdict);
	}
	if (!about)
		return p->partial ? NULL : "is about no point and check that there is";
	return matched || left || flaky ? NULL : "matches nothing any more: remove it";
}

size_t known_apply(const struct known *k, struct plan *p, const char *today, FILE *f)
{
	size_t wrong = 0;

	for (size_t i = 0; i < k->n; i++) {
		const char *why = apply_one(&k->issue[i], p, today);

		if (!why)
			continue;
		fprintf(f, "%s:%d: this issue %s\n", k->issue[i].path, k->issue[i].line, why);
		wrong++;
	}
	return wrong;
}
