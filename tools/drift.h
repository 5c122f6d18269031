/* SPDX-License-Identifier: GPL-2.0-only */
/* Whether a series gives the trees that its lock says. */
#ifndef DRIFT_H
#define DRIFT_H

#include "apply.h"
#include "series.h"

/* ST_FAILED, naming the first patch that gives another tree. */
int drift_check(const struct series *s, const struct applied *a);

/* Write the lock of @s under @root as @a has it. */
int drift_accept(const struct series *s, const struct applied *a, const char *root);

#endif
