/* SPDX-License-Identifier: GPL-2.0-only */
/* Each canary before each check that must find it. */
#ifndef TRIAL_H
#define TRIAL_H

#include "canary.h"
#include "plan.h"

struct trial {
	const struct canary *canary;
	const struct check *check;
	struct applied applied;
	struct subject subject;
	struct key key;
	struct verdict verdict;		/* V_PASS: it was found; the text says how */
	bool judged;			/* the verdict is there */
};

struct trials {
	struct canaries canaries;
	struct checks checks;
	struct trial *trial;
	size_t n;
};

/*
 * All trials of the project of @w, with the verdicts that @st knows.  A canary that
 * no check would try is an ST_INPUT error.  The caller calls trials_free() in any case.
 */
int trials_make(struct trials *t, const struct work *w, struct store *st);
void trials_free(struct trials *t);

/* Plant the canary of @t, ask the check, and keep in @st what came of it. */
int trial_run(struct trial *t, struct store *st);

/*
 * A check that let a canary through proves nothing: make its verdicts in @p void.
 * Returns how many trials were never made.
 */
size_t trials_apply(const struct trials *t, struct plan *p);

#endif
