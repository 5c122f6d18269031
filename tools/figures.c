// SPDX-License-Identifier: GPL-2.0-only
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "console.h"
#include "figures.h"
#include "mem.h"

/* What follows "bench " in a line that a test has printed; NULL when it is another. */
static char *figure_in(char *line)
{
	const char *begin = line;

	while (!strncmp(line, "# ", 2))
		line += 2;
	if (line == begin || strncmp(line, "bench ", 6))
		return NULL;
	return line + 6;
}

static const struct figure *find(const struct figures *all, const char *name)
{
	for (size_t i = 0; i < all->n; i++)
		if (!strcmp(all->figure[i].name, name))
			return &all->figure[i];
	return NULL;
}

/* Add "<name> <value> <unit>"; what is wrong with it, or NULL. */
static const char *add(struct figures *all, char *words)
{
	const char *name = strtok(words, " "), *value = strtok(NULL, " ");
	const char *unit = strtok(NULL, " ");
	double number;
	char *end;

	if (!unit || strtok(NULL, " "))
		return "is not \"<name> <value> <unit>\"";
	number = strtod(value, &end);
	if (*end || !isfinite(number) || number < 0)
		return "has no value of 0 or more";
	if (find(all, name))
		return "is there twice";
	*array_more(all->figure, all->n) = (struct figure){
		.name = xstrdup(name), .value = number, .unit = xstrdup(unit),
	};
	all->n++;
	return NULL;
}

char *figures_read(struct figures *all, const char *text)
{
	char *line, *wrong = NULL;

	*all = (struct figures){ 0 };
	while (!wrong && (line = console_line(&text))) {
		char *words = figure_in(line);
		autofree char *figure = words ? xstrdup(words) : NULL;
		const char *why = words ? add(all, words) : NULL;

		if (why)
			wrong = xasprintf("\"%s\" %s", figure, why);
		free(line);
	}
	if (!wrong && !all->n)
		wrong = xstrdup("no \"# bench\" line");
	return wrong;
}

void figures_free(struct figures *all)
{
	for (size_t i = 0; i < all->n; i++) {
		free(all->figure[i].name);
		free(all->figure[i].unit);
	}
	free(all->figure);
	*all = (struct figures){ 0 };
}

const char *figures_missing(const struct figures *has, const struct figures *wants)
{
	for (size_t i = 0; i < wants->n; i++) {
		const struct figure *f = find(has, wants->figure[i].name);

		if (!f || strcmp(f->unit, wants->figure[i].unit))
			return wants->figure[i].name;
	}
	return NULL;
}

const char *figures_differ(const struct figures *a, const struct figures *b)
{
	const char *name = figures_missing(a, b);

	return name ? name : figures_missing(b, a);
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double median(double *value, size_t n)
{
	qsort(value, n, sizeof(*value), by_value);
	return (value[(n - 1) / 2] + value[n / 2]) / 2;
}

static double median_of(const struct figures *all, size_t rounds, const char *name)
{
	autofree double *value = xcalloc(rounds, sizeof(*value));

	for (size_t r = 0; r < rounds; r++)
		value[r] = find(&all[r], name)->value;
	return median(value, rounds);
}

/* The median of the ratios; false when there is none. */
static bool ratio_of(const struct figures *base, const struct figures *tip, size_t rounds,
		     const char *name, double *ratio)
{
	autofree double *each = xcalloc(rounds, sizeof(*each));

	for (size_t r = 0; r < rounds; r++) {
		double before = find(&base[r], name)->value;

		if (before <= 0)
			return false;
		each[r] = find(&tip[r], name)->value / before;
	}
	*ratio = median(each, rounds);
	return true;
}

void figures_compare(const struct figures *base, const struct figures *tip, size_t rounds,
		     size_t i, struct compared *c)
{
	const char *name = tip->figure[i].name;

	*c = (struct compared){ .has_base = find(base, name) };
	c->tip = median_of(tip, rounds, name);
	if (!c->has_base)
		return;
	c->base = median_of(base, rounds, name);
	c->has_ratio = ratio_of(base, tip, rounds, name, &c->ratio);
}
