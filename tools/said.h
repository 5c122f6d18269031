/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What each target of an object directory said when it was made last.  A make
 * that has nothing to do says nothing, so the complaints of a tree are those of
 * all makes that led to it, and each make replaces those of the targets it made.
 */
#ifndef SAID_H
#define SAID_H

#include <stdbool.h>
#include <stddef.h>

#include "warnings.h"

struct output {
	char *target;		/* "drivers/net/tun.o"; "" for make itself */
	char *verb;		/* how kbuild calls the command: "CC", "AS", "LD"; "" */
	bool checked;		/* sparse was started on it */
	bool failed;		/* its command failed */
	bool fresh;		/* it was made by the make that was absorbed last */
	struct warnings warnings;
};

struct said {
	struct output *out;	/* by target */
	size_t n;
};

/*
 * Take what a make said from the log at @path: "make --output-sync" with both of
 * its outputs in one file, so that the lines of a target stay together.  Targets
 * of before that are no longer in the object directory @dir are forgotten.
 */
int said_absorb(struct said *s, const char *path, const char *dir);

/* Add a copy of @o. */
void said_add(struct said *s, const struct output *o);

/* Add copies of what the @n @target have said in @from. */
void said_pick(struct said *s, const struct said *from, const char *const *target, size_t n);

const struct output *said_by(const struct said *s, const char *target);

/* A file of it; one that is not there holds nothing. */
int said_read(struct said *s, const char *path);
int said_write(const struct said *s, const char *path);
void said_free(struct said *s);

/*
 * Say of every complaint since which commit it is there: as in @before, that of
 * the parent, or since @commit.
 */
void said_date(struct said *s, const struct said *before, const char *commit);

/* All complaints; the caller frees. */
void said_all(const struct said *s, struct warnings *all);

#endif
