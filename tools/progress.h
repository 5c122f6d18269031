/* SPDX-License-Identifier: GPL-2.0-only */
/* What takes long, on standard error: one moving line on a terminal, plain lines elsewhere. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>

bool progress_moves(void);

/*
 * Begin a step, perhaps inside another: "<what>" stands there until
 * progress_end().
 */
void progress_begin(const char *what);

/* @done of @total; a terminal only, a few times a second. */
void progress_update(unsigned long long done, unsigned long long total);

/* End the step: its seconds are shown after it. */
void progress_end(void);

/* Seconds of a clock that only goes forward. */
double progress_clock(void);

#endif
