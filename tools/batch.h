/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kselftests that are built together, by the kernel's own kselftest makefiles, as
 * static programs for a guest.  They are built once and kept in build/prove/<config>/.
 */
#ifndef BATCH_H
#define BATCH_H

#include "basetests.h"
#include "built.h"

/* Where "make install" lists what it installed: "<target>:<program>". */
#define BATCH_LIST "kselftest-list.txt"

struct batch {
	const struct kbuild_point *pt;
	bool before;			/* at the levels of pt->parent, and there */
	const struct basetests *own;	/* the kernel's own; NULL: those laid over it */
	const char *bench;		/* a series, whose bench/ it is instead; or NULL */
};

/* Whether there is anything to build. */
bool batch_any(const struct batch *b);

/* A digest of all that comes of it depends on; that of nothing when there is nothing. */
int batch_inputs(const struct batch *b, struct hash *h);

/*
 * Have them built in *@dir, which the caller frees: <target>/<program>, the list, a
 * file "said" (of said.h) and a file "why", which is empty unless they could not be
 * built.
 */
int batch_have(const struct batch *b, char **dir);

#endif
