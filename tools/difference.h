/* SPDX-License-Identifier: GPL-2.0-only */
/* In what a kernel tree differs from the pinned one, as finely as can be known. */
#ifndef DIFFERENCE_H
#define DIFFERENCE_H

#include "pin.h"
#include "project.h"

/*
 * Lines "  <how> <path>" for the differences of commit @other in p->repo, the
 * first 20 of them; the caller frees *@text.  File by file when the pinned base
 * is in the cache; else by configs/trees, which holds the pinned tree's entries
 * two levels deep (`git ls-tree -r -t`, paths with at most one slash).
 */
int difference_text(const struct project *p, const struct pin *pin,
		    const char *other, char **text);

#endif
