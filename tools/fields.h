/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files of "Name: value" lines: pin, identity, meta.  A line that begins with a
 * blank goes on with the value above it; '#' begins a comment line.
 */
#ifndef FIELDS_H
#define FIELDS_H

#include <stdbool.h>
#include <stddef.h>

struct field {
	char *name;
	char *value;		/* lines of it are joined by newlines */
	int line;
};

struct fields {
	char *path;
	struct field *field;
	size_t n;
};

/* What a file may hold; the table ends with a NULL name. */
struct field_rule {
	const char *name;
	bool required;
	bool many;
	bool lines;		/* the value may go on in further lines */
};

/* Read @path by @rules; what is malformed is an ST_INPUT error with its line. */
int fields_read(struct fields *fs, const char *path,
		const struct field_rule *rules);
void fields_free(struct fields *fs);

/* A file of several, each begun by a field of the same name. */
struct records {
	struct fields *record;
	size_t n;
};

/*
 * Read @path by @rules, which hold for each record; the first is the one that begins
 * it.  A file that is not there has none.
 */
int records_read(struct records *rs, const char *path, const struct field_rule *rules);
void records_free(struct records *rs);

/* The value of the first @name, NULL when there is none. */
const char *fields_get(const struct fields *fs, const char *name);

#endif
