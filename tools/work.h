/* SPDX-License-Identifier: GPL-2.0-only */
/* The whole of it, from the files to the points: what every command works on. */
#ifndef WORK_H
#define WORK_H

#include "apply.h"
#include "base.h"
#include "configs.h"
#include "pin.h"
#include "project.h"
#include "stack.h"

struct work {
	struct project project;
	struct pin pin;
	struct stack stack;
	struct configs configs;		/* empty until work_configs() */
	struct base base;
	struct applied *applied;	/* one for each series, once applied */
	int hold;			/* the lock of build/ */
};

/* Read everything under @root and take the lock: ST_BUSY when another run has it. */
int work_open(struct work *w, const char *root);
void work_close(struct work *w);

/* Read what kernels are built and what they run on. */
int work_configs(struct work *w);

/* Have the base, and the repository that patches go through. */
int work_base(struct work *w);

/*
 * Apply the series at index @i on those below it, or check its evidence when the
 * base has it.  @strict compares the trees with its lock.
 */
int work_apply_one(struct work *w, size_t i, bool strict);

/*
 * The whole stack in p->apply: the base, every series strictly, and the names of
 * what came of it.  Stops at the first error.
 */
int work_all(struct work *w);

/* Where the series at index @i stands: the tip of what is below it. */
const struct point *work_parent(const struct work *w, size_t i);

/*
 * Name the points in p->apply: branches base, stack and one for each series.
 * When only the first @n series could be applied, the others stay where they are.
 */
int work_publish(const struct work *w, size_t n);

#endif
