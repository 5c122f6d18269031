/* SPDX-License-Identifier: GPL-2.0-only */
/* Files of one name a line, in order, none twice; '#' begins a comment line. */
#ifndef LIST_H
#define LIST_H

#include <stdbool.h>
#include <stddef.h>

struct list {
	char **name;
	size_t n;
};

/*
 * Read @path.  @valid judges a name, @what says in a message what it should be;
 * a bad or repeated name is an ST_INPUT error with its line.
 */
int list_read(struct list *l, const char *path, bool (*valid)(const char *name),
	      const char *what);
bool list_has(const struct list *l, const char *name);
void list_free(struct list *l);

/* Whether @name is one of the words of @text, which have blanks between. */
bool has_word(const char *text, const char *name);

#endif
