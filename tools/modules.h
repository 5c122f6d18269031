/* SPDX-License-Identifier: GPL-2.0-only */
/* The modules of a built kernel, in an order in which they can be loaded. */
#ifndef MODULES_H
#define MODULES_H

#include <stddef.h>

struct machine;

struct modules {
	char **path;		/* of the .ko files */
	size_t n;
};

/*
 * Read modules.order of the object directory @objects, and of each module the
 * names that modpost wrote into it ("depends="); those that @m is without and
 * what depends on them are left out.  A kernel without modules has none.
 * ST_INFRA when a module is not there or depends on one that is not.
 */
int modules_read(struct modules *mods, const char *objects, const struct machine *m);
void modules_free(struct modules *mods);

#endif
