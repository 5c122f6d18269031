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

/* A name that @wants has and @has lacks. */
static const char *missing(const struct figures *has, const struct figures *wants)
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
	const char *name = missing(a, b);

	return name ? name : missing(b, a);
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

void figures_compare(const struct figures *base, const struct figures *tip, size_t rounds,
		     size_t i, struct compared *c)
{
	const char *name = base->figure[i].name;
	autofree double *before = xcalloc(rounds, sizeof(*before));
	autofree double *after = xcalloc(rounds, sizeof(*after));
	autofree double *ratio = xcalloc(rounds, sizeof(*ratio));

	*c = (struct compared){ .has_ratio = true };
	for (size_t r = 0; r < rounds; r++) {
		before[r] = find(&base[r], name)->value;
		after[r] = find(&tip[r], name)->value;
		c->has_ratio = c->has_ratio && before[r] > 0;
		if (c->has_ratio)
			ratio[r] = after[r] / before[r];
	}
	c->base = median(before, rounds);
	c->tip = median(after, rounds);
	if (c->has_ratio)
		c->ratio = median(ratio, rounds);
}
