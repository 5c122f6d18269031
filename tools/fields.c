// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "fields.h"
#include "file.h"
#include "mem.h"
#include "status.h"

static int add_field(struct fields *fs, char *line, int nr)
{
	size_t len = strcspn(line, ":");
	struct field *f;
	char *value;

	if (!line[len] || !len || len > strcspn(line, " \t"))
		return fail(ST_INPUT, "%s:%d: \"%s\" is no \"Name: value\" line",
			    fs->path, nr, line);
	value = line + len + 1;
	value += strspn(value, " \t");
	f = array_more(fs->field, fs->n);
	f->name = xstrndup(line, len);
	f->value = xstrdup(value);
	f->line = nr;
	fs->n++;
	return ST_OK;
}

static int continue_field(struct fields *fs, const char *line, int nr)
{
	struct field *f;
	char *joined;

	if (!fs->n)
		return fail(ST_INPUT, "%s:%d: a continuation line with nothing above it",
			    fs->path, nr);
	f = &fs->field[fs->n - 1];
	joined = xasprintf("%s\n%s", f->value, line + strspn(line, " \t"));
	free(f->value);
	f->value = joined;
	return ST_OK;
}

static int add_line(struct fields *fs, char *line, int nr)
{
	if (line[0] == '#' || !line[strspn(line, " \t")])
		return ST_OK;
	if (isblank((unsigned char)line[0]))
		return continue_field(fs, line, nr);
	return add_field(fs, line, nr);
}

static const struct field_rule *rule_of(const struct field_rule *rules,
					const char *name)
{
	for (; rules->name; rules++)
		if (!strcmp(rules->name, name))
			return rules;
	return NULL;
}

/* @where: of what the fields are a part, ":<line>" or "". */
static int check(const struct fields *fs, const char *where, const struct field_rule *rules)
{
	for (size_t i = 0; i < fs->n; i++) {
		const struct field *f = &fs->field[i];
		const struct field_rule *r = rule_of(rules, f->name);

		if (!r)
			return fail(ST_INPUT, "%s:%d: unknown field \"%s\"",
				    fs->path, f->line, f->name);
		if (!*f->value)
			return fail(ST_INPUT, "%s:%d: field \"%s\" is empty",
				    fs->path, f->line, f->name);
		if (!r->lines && strchr(f->value, '\n'))
			return fail(ST_INPUT, "%s:%d: field \"%s\" is one line, but goes on in the next",
				    fs->path, f->line, f->name);
		for (size_t j = 0; j < i && !r->many; j++)
			if (!strcmp(fs->field[j].name, f->name))
				return fail(ST_INPUT, "%s:%d: field \"%s\" stands there twice (first in line %d)",
					    fs->path, f->line, f->name,
					    fs->field[j].line);
	}
	for (; rules->name; rules++)
		if (rules->required && !fields_get(fs, rules->name))
			return fail(ST_INPUT, "%s%s: field \"%s\" is missing",
				    fs->path, where, rules->name);
	return ST_OK;
}

static int parse(struct fields *fs, const char *path)
{
	autofree char *text = NULL;
	char *rest, *line;
	int nr = 0, err;

	*fs = (struct fields){ .path = xstrdup(path) };
	err = file_read(path, &text, NULL);
	rest = text;
	while (!err && (line = strsep(&rest, "\n")))
		err = add_line(fs, line, ++nr);
	return err;
}

int fields_read(struct fields *fs, const char *path,
		const struct field_rule *rules)
{
	int err = parse(fs, path);

	return err ? err : check(fs, "", rules);
}

/* Move a field to the record that it begins or belongs to. */
static int move(struct records *rs, struct fields *all, size_t i, const char *begins)
{
	struct field *f = &all->field[i];
	struct fields *fs;

	if (!strcmp(f->name, begins)) {
		*array_more(rs->record, rs->n) = (struct fields){ .path = xstrdup(all->path) };
		rs->n++;
	} else if (!rs->n) {
		return fail(ST_INPUT, "%s:%d: there is no %s above this line", all->path,
			    f->line, begins);
	}
	fs = &rs->record[rs->n - 1];
	*array_more(fs->field, fs->n) = *f;
	fs->n++;
	*f = (struct field){ 0 };
	return ST_OK;
}

int records_read(struct records *rs, const char *path, const struct field_rule *rules)
{
	struct fields all;
	int err;

	*rs = (struct records){ 0 };
	if (!file_exists(path))
		return ST_OK;
	err = parse(&all, path);
	for (size_t i = 0; !err && i < all.n; i++)
		err = move(rs, &all, i, rules->name);
	for (size_t i = 0; !err && i < rs->n; i++) {
		autofree char *where = xasprintf(":%d", rs->record[i].field->line);

		err = check(&rs->record[i], where, rules);
	}
	fields_free(&all);
	return err;
}

void records_free(struct records *rs)
{
	for (size_t i = 0; i < rs->n; i++)
		fields_free(&rs->record[i]);
	free(rs->record);
	*rs = (struct records){ 0 };
}

void fields_free(struct fields *fs)
{
	for (size_t i = 0; i < fs->n; i++) {
		free(fs->field[i].name);
		free(fs->field[i].value);
	}
	free(fs->field);
	free(fs->path);
	*fs = (struct fields){ 0 };
}

const char *fields_get(const struct fields *fs, const char *name)
{
	for (size_t i = 0; i < fs->n; i++)
		if (!strcmp(fs->field[i].name, name))
			return fs->field[i].value;
	return NULL;
}
