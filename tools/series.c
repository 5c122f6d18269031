// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mem.h"
#include "series.h"
#include "status.h"

static const struct field_rule rules[] = {
	{ "Title", .required = true },
	{ "Version", .required = true },
	{ "Parts", .required = true },
	{ "Arch", .required = true },
	{ "Status", .required = true },
	{ "Link", .many = true },
	{ "Depends", .many = true },
	{ "Differences", .many = true, .lines = true },
	{ "Evidence", .many = true, .lines = true },
	{ "Machines" },
	{ "Inert", .many = true },
	{ "Proof", .many = true },
	{ NULL },
};

static const char *const status_names[] = {
	[CARRIED] = "carried",
	[IN_BASE] = "in-base",
	[SUPERSEDED] = "superseded",
};

#define NSTATUS (sizeof(status_names) / sizeof(*status_names))

const char *series_status_name(enum series_status status)
{
	return status_names[status];
}

bool slug_valid(const char *slug)
{
	size_t n = strspn(slug, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return n && n <= 64 && !slug[n] && *slug != '-' &&
	       strcmp(slug, "base") && strcmp(slug, "stack");
}

/* NNNN-subject.patch: no path, nothing that a shell or git would read into. */
static bool patch_name_valid(const char *name)
{
	size_t n = strspn(name, "0123456789");
	size_t len = strlen(name);

	return n == 4 && name[4] == '-' && len > 11 &&
	       !strcmp(name + len - 6, ".patch") &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == len;
}

char *series_file(const char *root, const char *slug, const char *name)
{
	return xasprintf("%s/series/%s/%s", root, slug, name);
}

static int number(const struct series *s, const char *name, int *to)
{
	const char *v = fields_get(&s->meta, name);
	char *end;
	long n = strtol(v, &end, 10);

	if (*end || !isdigit((unsigned char)*v) || n < 1 || n > 9999)
		return fail(ST_INPUT, "%s: %s is \"%s\", not a number from 1 to 9999",
			    s->meta.path, name, v);
	*to = n;
	return ST_OK;
}

static int status_of(struct series *s)
{
	const char *v = fields_get(&s->meta, "Status");

	for (size_t i = 0; i < NSTATUS; i++) {
		if (strcmp(v, status_names[i]))
			continue;
		s->status = i;
		return ST_OK;
	}
	return fail(ST_INPUT, "%s: Status is \"%s\", not carried, in-base or superseded",
		    s->meta.path, v);
}

/*
 * "<nr> objects" or "<nr> test <slug>/<program>": the part, 0 when it is neither,
 * and the test, NULL for objects.
 */
static int inert_part(const struct field *f, const char **test)
{
	int part, objects = 0, name = 0;

	*test = NULL;
	sscanf(f->value, "%d objects%n", &part, &objects);
	if (objects && !f->value[objects])
		return part;
	sscanf(f->value, "%d test %n", &part, &name);
	if (!name || !f->value[name] || strchr(f->value + name, ' '))
		return 0;
	*test = f->value + name;
	return part;
}

static int check_inert(const struct series *s)
{
	for (size_t i = 0; i < s->meta.n; i++) {
		const struct field *f = &s->meta.field[i];
		const char *test;
		int part = inert_part(f, &test);

		if (!strcmp(f->name, "Inert") && (part < 1 || part > s->parts))
			return fail(ST_INPUT, "%s:%d: \"%s\" is not \"<part> objects\" or \"<part> test <slug>/<program>\" with a part from 1 to %d",
				    s->meta.path, f->line, f->value, s->parts);
	}
	return ST_OK;
}

/* Whether there is a line on @nr by objects, or by a test that is then in *@test. */
static bool inert_line(const struct series *s, size_t nr, bool objects, const char **test)
{
	for (size_t i = 0; i < s->meta.n; i++)
		if (!strcmp(s->meta.field[i].name, "Inert") &&
		    inert_part(&s->meta.field[i], test) == (int)nr && !*test == objects)
			return true;
	return false;
}

bool series_is_inert(const struct series *s, size_t nr)
{
	const char *test;

	return inert_line(s, nr, true, &test);
}

const char *series_inert_test(const struct series *s, size_t nr)
{
	const char *test;

	return inert_line(s, nr, false, &test) ? test : NULL;
}

/* "<nr> <path>: <check>": the part; and how long the path at *@path is. */
static int proof_part(const struct field *f, const char **path, size_t *len)
{
	int part, at = 0;

	sscanf(f->value, "%d %n", &part, &at);
	*path = f->value + at;
	*len = strcspn(*path, ": ");
	return at && *len && !strncmp(*path + *len, ": ", 2) && (*path)[*len + 2] ? part : 0;
}

static int check_proof(const struct series *s)
{
	for (size_t i = 0; i < s->meta.n; i++) {
		const struct field *f = &s->meta.field[i];
		const char *path;
		size_t len;
		int part = proof_part(f, &path, &len);

		if (!strcmp(f->name, "Proof") && (part < 1 || part > s->parts))
			return fail(ST_INPUT, "%s:%d: \"%s\" is not \"<part> <path>: <check>\" with a part from 1 to %d",
				    s->meta.path, f->line, f->value, s->parts);
	}
	return ST_OK;
}

const char *series_proof(const struct series *s, size_t nr, const char *file)
{
	for (size_t i = 0; i < s->meta.n; i++) {
		const struct field *f = &s->meta.field[i];
		const char *path;
		size_t len;

		if (!strcmp(f->name, "Proof") && proof_part(f, &path, &len) == (int)nr &&
		    len == strlen(file) && !strncmp(path, file, len))
			return path + len + 2;
	}
	return NULL;
}

static int read_meta(struct series *s, const char *root)
{
	autofree char *path = series_file(root, s->slug, "meta");
	bool evidence;
	int err = fields_read(&s->meta, path, rules);

	if (err)
		return err;
	s->title = fields_get(&s->meta, "Title");
	if ((err = number(s, "Version", &s->version)) ||
	    (err = number(s, "Parts", &s->parts)) || (err = status_of(s)) ||
	    (err = check_inert(s)) || (err = check_proof(s)))
		return err;
	evidence = fields_get(&s->meta, "Evidence");
	if (evidence != (s->status == IN_BASE))
		return fail(ST_INPUT, "%s: Status is %s, so %s", path,
			    series_status_name(s->status),
			    evidence ? "there is nothing to give Evidence of" :
				       "Evidence must say where the base has it");
	return ST_OK;
}

/* Patches stand in the order of their numbers, and none is left lying about. */
static int check_names(const struct series *s, const char *root, const char *list)
{
	autofree char *dir = xasprintf("%s/patches/%s", root, s->slug);
	char **names;
	size_t n;
	int err;

	for (size_t i = 0; i < s->files.n; i++)
		if (strtoul(s->files.name[i], NULL, 10) != i + 1)
			return fail(ST_INPUT, "%s: \"%s\" is patch %zu of the list; its name should begin with %04zu",
				    list, s->files.name[i], i + 1, i + 1);
	err = dir_names(dir, &names, &n);
	for (size_t i = 0; !err && i < n; i++)
		if (!list_has(&s->files, names[i]))
			err = fail(ST_INPUT, "%s/%s is not named in %s; add it there or remove it",
				   dir, names[i], list);
	names_free(names, n);
	return err;
}

static int read_patches(struct series *s, const char *root)
{
	autofree char *list = series_file(root, s->slug, "series");
	int err = ST_OK;

	if (path_exists(list))
		err = list_read(&s->files, list, patch_name_valid,
				"a patch's file name (NNNN-subject.patch)");
	if (!err)
		err = check_names(s, root, list);
	if (err)
		return err;
	if (s->status == IN_BASE && s->files.n)
		return fail(ST_INPUT, "%s: the base has this series (Status: in-base), so it has no patches",
			    list);
	s->patch = xcalloc(s->files.n, sizeof(*s->patch));
	for (size_t i = 0; i < s->files.n; i++) {
		autofree char *path = xasprintf("%s/patches/%s/%s", root,
						s->slug, s->files.name[i]);

		err = patch_read(&s->patch[i], path);
		if (err)
			return err;
	}
	return ST_OK;
}

static int read_cover(struct series *s, const char *root)
{
	autofree char *path = series_file(root, s->slug, "cover");

	if (!path_exists(path))
		return ST_OK;
	return file_read(path, &s->cover, NULL);
}

int series_read(struct series *s, const char *root, const char *slug)
{
	autofree char *lock = series_file(root, slug, "lock");
	int err;

	*s = (struct series){ .slug = xstrdup(slug) };
	if ((err = read_meta(s, root)) || (err = read_patches(s, root)) ||
	    (err = read_cover(s, root)))
		return err;
	return lock_read(&s->lock, lock);
}

void series_free(struct series *s)
{
	for (size_t i = 0; s->patch && i < s->files.n; i++)
		patch_free(&s->patch[i]);
	free(s->patch);
	free(s->slug);
	free(s->cover);
	fields_free(&s->meta);
	list_free(&s->files);
	lock_free(&s->lock);
	*s = (struct series){ 0 };
}
