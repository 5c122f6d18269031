/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kbuild's .<name>.cmd files: what a target was compiled from.  Those of the
 * host's programs (scripts/, tools/) and of tests laid over the tree (lib/stack/)
 * are passed over.
 */
#ifndef CMDFILE_H
#define CMDFILE_H

#include <stdbool.h>

struct cmdfile {
	char *target;		/* below the object directory: "drivers/net/tun.o" */
	char *text;		/* its dependencies, one to a line */
};

/*
 * Call @one for every target in @dir that was compiled from something; stops at
 * the first status that is not 0 and returns it.
 */
int cmdfiles_walk(const char *dir, int (*one)(const struct cmdfile *c, void *data),
		  void *data);

bool cmdfile_is_object(const struct cmdfile *c);

/* Whether the target depends on the file @source of the source directory. */
bool cmdfile_uses(const struct cmdfile *c, const char *source);

#endif
