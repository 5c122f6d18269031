/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Figures that a benchmark prints in a guest, a line each,
 *
 *	# bench <name> <value> <unit>
 *
 * and what comes of those of several rounds.
 */
#ifndef FIGURES_H
#define FIGURES_H

#include <stdbool.h>
#include <stddef.h>

struct figure {
	char *name;		/* without blanks, as is the unit */
	double value;		/* not below 0 */
	char *unit;
};

struct figures {
	struct figure *figure;
	size_t n;
};

/*
 * Read those in a console's text.  The result is NULL, or says what is wrong with a
 * line or that there is none; the caller frees it, and calls figures_free() in any case.
 */
char *figures_read(struct figures *all, const char *text);
void figures_free(struct figures *all);

/* A name that only one of them has, or with another unit; NULL: they have the same. */
const char *figures_differ(const struct figures *a, const struct figures *b);

/* A figure of two kernels in several rounds. */
struct compared {
	double base;		/* the medians */
	double tip;
	double ratio;		/* the median of tip / base of each round */
	bool has_ratio;		/* false when the base has a 0 */
};

/* Compare figure @i of the first; each of the @rounds on both has the same figures. */
void figures_compare(const struct figures *base, const struct figures *tip, size_t rounds,
		     size_t i, struct compared *c);

/* Of @n > 0 values, which it sorts. */
double median(double *value, size_t n);

#endif
