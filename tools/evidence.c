// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence.h"
#include "mem.h"
#include "run.h"
#include "status.h"

/* One Evidence line, taken apart. */
struct claim {
	int part;
	bool present;
	char *path;
	const char *text;
};

static int malformed(const struct series *s, const struct field *f)
{
	return fail(ST_INPUT, "%s:%d: \"%s\" is not \"<part> present|absent <path>: <text>\" with a part from 1 to %d",
		    s->meta.path, f->line, f->value, s->parts);
}

static int parse(const struct series *s, const struct field *f, struct claim *c)
{
	const char *words, *colon;
	char *end;

	*c = (struct claim){ .part = strtol(f->value, &end, 10) };
	words = end;
	c->present = !strncmp(words, " present ", 9);
	if (!c->present && strncmp(words, " absent ", 8))
		return malformed(s, f);
	words += c->present ? 9 : 8;
	colon = strstr(words, ": ");
	if (!colon || colon == words || !colon[2] || c->part < 1 || c->part > s->parts)
		return malformed(s, f);
	c->path = xstrndup(words, colon - words);
	c->text = colon + 2;
	return ST_OK;
}

static bool line_has(const char *line, const char *text, size_t len)
{
	autofree char *needle = xstrndup(text, len);
	autofree char *hay = xstrndup(line, strcspn(line, "\n"));

	return strstr(hay, needle);
}

static bool stands_here(const char *line, const char *text)
{
	for (;;) {
		size_t len = strcspn(text, "\n");

		if (!line_has(line, text, len))
			return false;
		text += len;
		if (!*text++)
			return true;
		line += strcspn(line, "\n");
		if (!*line++)
			return false;
	}
}

bool evidence_stands(const char *file, const char *text)
{
	const char *line = file;

	while (*line) {
		if (stands_here(line, text))
			return true;
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	return false;
}

static int check_claim(const struct project *p, const struct base *base,
		       const struct series *s, const struct field *f,
		       const struct claim *c)
{
	autofree char *rev = xasprintf("%s:%s", base->point.commit.hex, c->path);
	struct run r = { 0 };
	int err;

	err = git_run(&r, p->repo, (const char *[]){ "cat-file", "blob", rev, NULL });
	if (!err && r.status)
		err = fail(ST_FAILED, "%s:%d: the base has no file %s",
			   s->meta.path, f->line, c->path);
	else if (!err && evidence_stands(r.out, c->text) != c->present)
		err = fail(ST_FAILED, "%s:%d: \"%s\" is %s %s of the base",
			   s->meta.path, f->line, c->text,
			   c->present ? "not in" : "in", c->path);
	run_free(&r);
	return err;
}

int evidence_check(const struct project *p, const struct base *base,
		   const struct series *s)
{
	autofree bool *proved = xcalloc(s->parts + 1, sizeof(*proved));
	int err = ST_OK;

	for (size_t i = 0; !err && i < s->meta.n; i++) {
		const struct field *f = &s->meta.field[i];
		struct claim c;

		if (strcmp(f->name, "Evidence"))
			continue;
		err = parse(s, f, &c);
		if (!err)
			err = check_claim(p, base, s, f, &c);
		if (!err)
			proved[c.part] = true;
		free(c.path);
	}
	for (int part = 1; !err && part <= s->parts; part++)
		if (!proved[part])
			err = fail(ST_INPUT, "%s: part %d of %d has no Evidence",
				   s->meta.path, part, s->parts);
	return err;
}
