/* SPDX-License-Identifier: GPL-2.0-only */
/* Every check at every point, and in which order. */
#ifndef PLAN_H
#define PLAN_H

#include "check.h"
#include "store.h"
#include "subject.h"

/* One question at one point. */
struct job {
	const struct check *check;
	const struct subject *subject;
	struct key key;
	struct verdict verdict;
	bool judged;		/* the verdict is there, and holds */
	bool stored;		/* it was there when the plan was made, perhaps to ask again */
	size_t flakes;		/* how often the check was flaky anywhere; see prove_flakes() */
	long long seen;		/* when the point's tree came up first */
	size_t nr;		/* its place from the bottom, for a stable order */
};

struct plan {
	struct checks checks;	/* all that are asked anywhere */
	bool partial;		/* others were left out */
	struct job *job;
	size_t n;
};

/*
 * Make all jobs of @all on @machines (names with blanks between; NULL: on all), with the
 * verdicts that @st knows.  Those come first that say most: the top of the stack, which
 * has all that is in it, then the tips of series, then the points whose content changed
 * last, then the rest; of each, variants after the others, and special machines after all.
 */
int plan_make(struct plan *p, const struct subjects *all, const char *machines,
	      struct store *st);
void plan_free(struct plan *p);

/*
 * For who asks nothing: a stored verdict that proved nothing counts as judged, too,
 * though it would be asked again.
 */
void plan_recall(struct plan *p);

/* What the verdict of @j depends on, as it is now; the caller calls key_free(). */
int job_key(const struct job *j, struct key *k);

#endif
