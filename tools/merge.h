/* SPDX-License-Identifier: GPL-2.0-only */
/* What two stores know, in one. */
#ifndef MERGE_H
#define MERGE_H

#include <stddef.h>

#include "store.h"

struct merged {
	size_t verdicts;	/* in the other store */
	size_t taken;		/* of those, not known here or with more to say */
};

/*
 * Take over all that the store at @path knows, which may be open elsewhere and stays
 * as it is.  Where both know of one question, the verdict stays that proves something,
 * or else is worse, or else is later, so the order of merges does not matter; a notice
 * names what two machines found to be different.  ST_INPUT when @path is no store.
 */
int merge_store(struct store *st, const char *path, struct merged *m);

#endif
