/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Patches become commits: b4 am makes of a series' mailbox what git am takes, in
 * a repository of the program's own whose work tree holds no more files than
 * the patches touch.
 */
#ifndef APPLY_H
#define APPLY_H

#include "base.h"
#include "git.h"
#include "project.h"
#include "series.h"

/* A series on its parent: the points it adds. */
struct applied {
	struct point parent;
	struct point *point;	/* one for each patch */
	size_t n;
	double seconds;
};

/* Have the repository at p->apply, on top of the base; once in a run, before the rest. */
int apply_begin(const struct project *p, const struct base *base);

/*
 * Apply @s on @parent.  A series that was applied on that parent before, word
 * for word, is not applied again.  ST_APPLY, with file, hunk and what the tree
 * has there, when a patch does not apply.
 */
int apply_series(const struct project *p, const struct series *s,
		 const struct point *parent, struct applied *a);
void applied_free(struct applied *a);

/* The last point: the tip of the series, the parent when it has no patch. */
const struct point *applied_tip(const struct applied *a);

#endif
