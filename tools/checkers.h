/* SPDX-License-Identifier: GPL-2.0-only */
/* The base's own checkers (scripts/), in a tree of their own. */
#ifndef CHECKERS_H
#define CHECKERS_H

#include "base.h"
#include "project.h"

/*
 * A directory with the base's scripts/ and as much beside it as they take for a
 * kernel tree.  *@dir is the caller's to free.
 */
int checkers_have(const struct project *p, const struct base *base, char **dir);

/* What the checkers are, for a key: the tree of the base's scripts/. */
int checkers_id(const struct project *p, const struct base *base, struct oid *id);

#endif
