/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the verdicts of a plan come to when flakes, known issues and canaries are
 * taken into account.
 */
#ifndef OUTCOME_H
#define OUTCOME_H

#include "known.h"
#include "trial.h"

/* How it went, in jobs. */
struct tally {
	size_t passed;		/* warnings included */
	size_t failed;		/* void ones included */
	size_t flaky;
	size_t skipped;
	size_t left;		/* not judged */
	bool top;		/* what is no variant nor on a special machine was judged at the top */
};

/* Count the jobs of @p at @only, at all points when that is NULL. */
void tally(const struct plan *p, const struct subject *only, struct tally *t);

/* Whether nobody has to do anything about @v: no failure, and not flaky. */
bool is_well(const struct verdict *v);

/* What changes verdicts, read before anything is judged. */
struct context {
	struct known known;
	struct trials trials;
};

/* ST_INPUT when a file is malformed.  The caller calls context_free() in any case. */
int context_read(struct context *c, const struct work *w, struct store *st);
void context_free(struct context *c);

struct outcome {
	const struct plan *plan;
	struct tally all;	/* issues that are wrong count as failed */
	char *issues;		/* what is wrong with known issues themselves: lines, or "" */
	size_t wrong;		/* how many lines */
	size_t canaries;
	size_t untried;		/* of those */
};

/* Change the verdicts of @p by @c and sum them up; the caller calls outcome_free(). */
int outcome_of(struct outcome *o, struct plan *p, const struct context *c,
	       struct store *st);
void outcome_free(struct outcome *o);

/* The same for who asks nothing: of what is stored, see plan_recall(). */
int outcome_recall(struct outcome *o, struct plan *p, const struct work *w,
		   struct store *st);

#endif
