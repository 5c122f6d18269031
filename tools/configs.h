/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernels that are built and what they run on.  A configuration is called as
 * its fragment, configs/kernel/<name>.config; one that is called <name>-<variant> is
 * that with configs/variant/<variant>.config on top.  It is there when a machine,
 * configs/machines/<machine>, runs it.
 */
#ifndef CONFIGS_H
#define CONFIGS_H

#include "machine.h"

struct configs {
	char **name;		/* of configurations: sorted, variants after all others */
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

/* The variant in the name of a configuration, NULL when it is none. */
const char *config_variant(const char *config);

/*
 * The text of @config's fragment under @root, of both when it is a variant.  The
 * caller frees.
 */
int config_fragment(const char *root, const char *config, char **text);

/* The machine called @name, NULL when there is none. */
const struct machine *configs_machine(const struct configs *cs, const char *name);

#endif
