/* SPDX-License-Identifier: GPL-2.0-only */
/* The jobs of a plan, done one after the other. */
#ifndef PROVE_H
#define PROVE_H

#include "plan.h"
#include "store.h"

/*
 * Judge what is not judged yet and store each verdict at once; stop starting
 * when @seconds are over (0: never).  ST_INTERRUPTED keeps what is known.
 */
int prove_all(struct plan *p, struct store *st, double seconds);

/*
 * Count for each job how often its check was flaky in @st, at whatever points, and
 * make failures of the flaky verdicts where that is more than once.  The store
 * decides, not the plan, so it does not matter which of them came first, nor what was
 * asked in between.
 */
int prove_flakes(struct plan *p, struct store *st);

#endif
