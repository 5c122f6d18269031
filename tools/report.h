/* SPDX-License-Identifier: GPL-2.0-only */
/* What a person sees of a plan's verdicts. */
#ifndef REPORT_H
#define REPORT_H

#include "plan.h"

/* How it went, in jobs. */
struct tally {
	size_t passed;		/* warnings included */
	size_t failed;		/* void ones included */
	size_t flaky;
	size_t skipped;
	size_t left;		/* not judged */
	bool tips;		/* every tip was judged */
};

/*
 * Print what is not well, where the stack is broken for a while, then the matrix of
 * points and checks, on standard output.
 */
void report(const struct plan *p);

void report_count(const struct plan *p, struct tally *t);

#endif
