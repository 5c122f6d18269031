/* SPDX-License-Identifier: GPL-2.0-only */
/* Point 0: the pinned kernel as one commit in the cache. */
#ifndef BASE_H
#define BASE_H

#include "git.h"
#include "pin.h"
#include "project.h"

/* A commit of the stack and its tree. */
struct point {
	struct oid commit;
	struct oid tree;
};

struct base {
	struct point point;
	bool pinned;		/* the tree is the pin's; else the user wanted another */
};

/*
 * Have the base commit in p->repo: at once when it is there, else made from what
 * source.h finds.  A tree that is not the pin's is ST_SOURCE with the paths that
 * differ, unless the user gave KERNEL_ANY.
 */
int base_have(const struct project *p, const struct pin *pin, struct base *base);

#endif
