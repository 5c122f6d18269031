// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "image.h"
#include "makelog.h"
#include "mem.h"
#include "result.h"
#include "status.h"

/* How many complaints a person wants to see. */
#define SHOWN 10

static bool is_late(const struct warning *w)
{
	return w->by == BY_LINKER || w->by == BY_MODPOST;
}

/* Errors of this make; an error of the compiler comes before any of the linker. */
static enum made sort_errors(const struct said *s, struct warnings *errors)
{
	enum made made = NOT_LINKED;

	for (size_t i = 0; i < s->n; i++) {
		for (size_t j = 0; j < s->out[i].warnings.n; j++) {
			const struct warning *w = &s->out[i].warnings.w[j];

			if (!w->error || !s->out[i].fresh || w->by == BY_SPARSE)
				continue;
			if (!is_late(w))
				made = NOT_COMPILED;
			warning_copy(array_more(errors->w, errors->n), w);
			errors->n++;
		}
	}
	return errors->n ? made : NOT_COMPILED;
}

static int explain(struct result *r, const struct said *s, const char *path)
{
	struct warnings errors = { 0 };
	autofree char *log = NULL;
	size_t len;
	int err = file_read(path, &log, &len);

	if (err)
		return err;
	r->made = sort_errors(s, &errors);
	r->why = makelog_machine(log);
	if (r->why) {
		r->made = NOT_MADE;
	} else if (errors.n) {
		r->why = warnings_text(&errors, SHOWN);
	} else {
		r->why = makelog_why(log);
	}
	warnings_free(&errors);
	return ST_OK;
}

/* What is known of the objects from the build before this one, to read few again. */
static int scan(struct result *r, const struct kbuild *k)
{
	autofree char *path = xasprintf("%s/objects", k->state);
	struct objects known;
	int err = objects_read(&known, path);

	if (!err)
		err = objects_scan(k->path, &known, &r->objects);
	if (!err)
		err = objects_write(&r->objects, path);
	objects_free(&known);
	return err;
}

/* A copy of what all targets have said, by way of the file that it is kept in. */
static int copy_said(struct result *r, const struct kbuild *k)
{
	autofree char *path = xasprintf("%s/said", k->state);

	return said_read(&r->said, path);
}

int result_make(struct result *r, struct kbuild *k, const char *fragment, const char *log)
{
	int status, err;

	*r = (struct result){ .made = MADE };
	err = kbuild_configure(k, fragment, &r->why);
	if (err || r->why) {
		r->made = NOT_CONFIGURED;
		return err;
	}
	if ((err = kbuild_make(k, log, (const char *[]){ "all", NULL }, &status)) ||
	    (err = copy_said(r, k)) || (err = scan(r, k)))
		return err;
	if (status)
		return explain(r, &k->said, log);
	r->why = xstrdup("");
	return image_keep(k, &r->image);
}

static const char *const names[] = {
	[MADE] = "made", [NOT_CONFIGURED] = "not-configured",
	[NOT_COMPILED] = "not-compiled", [NOT_LINKED] = "not-linked",
	[NOT_MADE] = "not-made",
};

int result_write(const struct result *r, const char *dir)
{
	autofree char *made = xasprintf("%s/made", dir);
	autofree char *said = xasprintf("%s/said", dir);
	autofree char *objects = xasprintf("%s/objects", dir);
	autofree char *text = xasprintf("%s %s\n%s", names[r->made],
					*r->image.hex ? r->image.hex : "-", r->why);
	int err;

	/* The file that tells that all is there is the last one. */
	if ((err = dir_make(dir)) || (err = said_write(&r->said, said)) ||
	    (err = objects_write(&r->objects, objects)))
		return err;
	return file_write(made, text, strlen(text));
}

static int parse_made(struct result *r, char *text, const char *path)
{
	char *name = strsep(&text, " ");
	char *image = strsep(&text, "\n");

	for (size_t i = 0; text && i < sizeof(names) / sizeof(*names); i++) {
		if (strcmp(name, names[i]))
			continue;
		r->made = i;
		r->why = xstrdup(text);
		if (strlen(image) == HASH_LEN)
			memcpy(r->image.hex, image, HASH_LEN);
		return ST_OK;
	}
	return fail(ST_INFRA, "%s: damaged; remove it", path);
}

int result_read(struct result *r, const char *dir, bool *there)
{
	autofree char *made = xasprintf("%s/made", dir);
	autofree char *said = xasprintf("%s/said", dir);
	autofree char *objects = xasprintf("%s/objects", dir);
	autofree char *text = NULL;
	int err;

	*r = (struct result){ 0 };
	*there = file_exists(made);
	if (!*there)
		return ST_OK;
	if ((err = file_read(made, &text, NULL)) || (err = parse_made(r, text, made)) ||
	    (err = said_read(&r->said, said)))
		return err;
	return objects_read(&r->objects, objects);
}

void result_free(struct result *r)
{
	free(r->why);
	said_free(&r->said);
	objects_free(&r->objects);
	*r = (struct result){ 0 };
}
