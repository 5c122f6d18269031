// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "canary.h"
#include "list.h"
#include "mem.h"
#include "status.h"

static const struct field_rule rules[] = {
	{ "Canary", .required = true },
	{ "Plant", .required = true },
	{ "Check", .required = true },
	{ "On" },
	{ "Words" },
	{ "Limit" },
	{ "Class", .required = true },
	{ "Says", .required = true },
	{ NULL },
};

static int read_limit(struct canary *c, const struct fields *fs)
{
	const char *text = fields_get(fs, "Limit");
	char *end;

	if (!text)
		return ST_OK;
	c->limit = strtoul(text, &end, 10);
	if (*end || !c->limit || c->limit > 3600)
		return fail(ST_INPUT, "%s: canary %s: Limit: \"%s\" is no number of seconds",
			    fs->path, c->name, text);
	return ST_OK;
}

static int fill(struct canary *c, const struct fields *fs, const char *root)
{
	autofree char *dir = xasprintf("%s/canaries", root);
	int err;

	c->name = fields_get(fs, "Canary");
	c->check = fields_get(fs, "Check");
	c->on = fields_get(fs, "On");
	c->words = fields_get(fs, "Words");
	c->failure = fields_get(fs, "Class");
	c->says = fields_get(fs, "Says");
	err = read_limit(c, fs);
	if (!err)
		err = series_read(&c->series, dir, fields_get(fs, "Plant"));
	if (!err && c->series.files.n != 1)
		err = fail(ST_INPUT, "%s: canary %s: %s has %zu patches, not one", fs->path,
			   c->name, c->series.slug, c->series.files.n);
	return err;
}

static const struct canary *find(const struct canaries *all, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(all->canary[i].name, name))
			return &all->canary[i];
	return NULL;
}

int canaries_read(struct canaries *all, const char *root)
{
	autofree char *path = xasprintf("%s/canaries/expected", root);
	int err;

	*all = (struct canaries){ 0 };
	err = records_read(&all->records, path, rules);
	for (size_t i = 0; !err && i < all->records.n; i++) {
		struct canary *c = array_more(all->canary, all->n);

		all->n++;
		err = fill(c, &all->records.record[i], root);
		if (!err && find(all, i, c->name))
			err = fail(ST_INPUT, "%s: there are two canaries called %s", path, c->name);
	}
	return err;
}

void canaries_free(struct canaries *all)
{
	for (size_t i = 0; i < all->n; i++)
		series_free(&all->canary[i].series);
	free(all->canary);
	records_free(&all->records);
	*all = (struct canaries){ 0 };
}

bool canary_is_for(const struct canary *c, const struct check *check)
{
	size_t len = strcspn(check->name, "@");
	const char *where = check->name + len + !!check->name[len];

	if (strlen(c->check) != len || strncmp(c->check, check->name, len))
		return false;
	if (c->on)
		return has_word(c->on, where);
	return !check_in_variant(check) && !check->special;
}

bool canary_is_found(const struct canary *c, const struct verdict *v)
{
	return (v->kind == V_FAIL || v->kind == V_VOID) &&
	       !strcmp(failure_name(v->failure), c->failure) && strstr(v->text, c->says);
}
