/* SPDX-License-Identifier: GPL-2.0-only */
/* coccinelle on one C file, by way of the kernel's own scripts/coccicheck. */
#ifndef SPATCH_H
#define SPATCH_H

#include "list.h"
#include "warnings.h"

struct spatched {
	struct warnings found;
	unsigned int read;	/* lines of functions and declarations that were parsed, */
	unsigned int unread;	/* and those that could not be */
};

/*
 * Run the semantic patches @rules, paths below scripts/coccinelle/ of the kernel tree
 * @tree, on the file @path below @dir/files/, which is alone there: what is found
 * depends on nothing but itself.  @dir is taken for more of its own.  *@wrong is NULL,
 * or says which of them did not get to its end and why; the caller frees that and calls
 * spatched_free() in any case.
 */
int spatch_run(const char *tree, const struct list *rules, const char *dir,
	       const char *path, struct spatched *s, char **wrong);
void spatched_free(struct spatched *s);

/* Keep it in a directory; read it again, with *@there false when there is none. */
int spatched_write(const struct spatched *s, const char *path, const char *dir);
int spatched_read(struct spatched *s, const char *dir, bool *there);

#endif
