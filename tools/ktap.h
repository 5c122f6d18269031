/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Strict reading of KTAP and TAP out of a console's text.
 *
 * A document begins with a version line.  What stands in front of it there, blanks
 * (KUnit's subtests) or "# " (what a guest's test printed), stands in front of all
 * its lines; a document inside another belongs to the next result of that one.
 * Time stamps of printk and carriage returns do not count, and lines that belong
 * to no document are the console's, not ours.
 *
 * Only the innermost results are counted, and none as passed inside one that says
 * SKIP.  A result that says ok over one that failed, numbers that are not 1, 2, 3...,
 * a plan that is missing, given twice or not kept, a "Bail out!" and an end in the
 * middle are problems; not so inside a result that says not ok, because that says
 * it.  Just a KUnit case with parameters may have no plan, as KUnit often does not
 * know it.  A failure that was to be expected (TODO, XFAIL) counts as skipped: it
 * proves nothing.
 */
#ifndef KTAP_H
#define KTAP_H

#include <stdbool.h>
#include <stddef.h>

/* A result of an outermost document: a suite of KUnit, a test of a guest. */
struct ktap_top {
	char *name;
	bool ok;
	unsigned int passed;
	unsigned int failed;
	unsigned int skipped;
};

struct ktap {
	struct ktap_top *top;
	size_t ntop;
	unsigned int passed;
	unsigned int failed;
	unsigned int skipped;
	unsigned int timeouts;	/* of those that failed */
	char *failure;		/* the first that failed, with those it is part of; or NULL */
	char *words;		/* what was said in front of it, "# " lines; or NULL */
	char *skip;		/* why the first that was skipped was; or NULL */
	char *problem;		/* the first problem; NULL: well-formed.  No document is one. */
};

void ktap_read(struct ktap *k, const char *text);
void ktap_free(struct ktap *k);

/* The result called @name, NULL when there is none. */
const struct ktap_top *ktap_find(const struct ktap *k, const char *name);

#endif
