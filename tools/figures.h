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

/* A name that @wants has and @has lacks, or has with another unit; NULL: there is none. */
const char *figures_missing(const struct figures *has, const struct figures *wants);

/* One that only one of them has. */
const char *figures_differ(const struct figures *a, const struct figures *b);

/* A figure of two kernels in several rounds. */
struct compared {
	double base;		/* the medians */
	double tip;
	double ratio;		/* the median of tip / base of each round */
	bool has_base;		/* false when only the tip has it */
	bool has_ratio;		/* false then, and when the base has a 0 */
};

/*
 * Compare figure @i of the tip's first; each of the @rounds has the same figures, and the
 * base no others than the tip.
 */
void figures_compare(const struct figures *base, const struct figures *tip, size_t rounds,
		     size_t i, struct compared *c);

/* Of @n > 0 values, which it sorts. */
double median(double *value, size_t n);

#endif
