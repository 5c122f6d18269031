/* SPDX-License-Identifier: GPL-2.0-only */
/* What came of building a commit in one configuration. */
#ifndef RESULT_H
#define RESULT_H

#include "kbuild.h"
#include "objects.h"

enum made {
	MADE,			/* a kernel came of it */
	NOT_CONFIGURED,		/* options are missing, or kconfig failed */
	NOT_COMPILED,
	NOT_LINKED,		/* ld or modpost refused */
	NOT_MADE,		/* the machine failed: no space, no memory */
};

struct result {
	enum made made;
	char *why;		/* for a person; "" when MADE */
	struct said said;
	struct objects objects;
	struct hash image;	/* see image.h; empty unless MADE */
};

/*
 * Configure and build what is checked out.  The output of make is kept in @log.
 * Whatever is wrong with the kernel is in @r.
 */
int result_make(struct result *r, struct kbuild *k, const char *fragment, const char *log);

/* Keep it in a directory; read it again, with *@there false when there is none. */
int result_write(const struct result *r, const char *dir);
int result_read(struct result *r, const char *dir, bool *there);
void result_free(struct result *r);

#endif
