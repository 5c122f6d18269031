/* SPDX-License-Identifier: GPL-2.0-only */
/* A change planted on a point: a commit of its own, which no branch names. */
#ifndef PLANT_H
#define PLANT_H

#include "base.h"
#include "project.h"

/*
 * Make the commit @at in p->apply, on @on, of the file @diff as git apply takes it.
 * ST_APPLY, with git's words, when it does not apply.
 */
int plant(const struct project *p, const struct point *on, const char *diff,
	  struct point *at);

#endif
