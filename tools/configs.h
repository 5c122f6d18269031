/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernels that are built and what they run on: configs/kernel/ and configs/machines/. */
#ifndef CONFIGS_H
#define CONFIGS_H

#include "machine.h"

struct configs {
	char **name;		/* configs/kernel/<name>.config; sorted */
	size_t n;
	struct machine *machine;	/* sorted by name */
	size_t nmachines;
};

/*
 * Read all of them under @root; a project may have none.  ST_INPUT when one is
 * malformed.  The caller calls configs_free() in any case.
 */
int configs_read(struct configs *cs, const char *root);
void configs_free(struct configs *cs);

/* The machine called @name, NULL when there is none. */
const struct machine *configs_machine(const struct configs *cs, const char *name);

#endif
