// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "booted.h"
#include "check.h"
#include "commands.h"
#include "figures.h"
#include "file.h"
#include "kernel.h"
#include "mem.h"
#include "progress.h"
#include "proof.h"
#include "run.h"
#include "status.h"

enum { ROUNDS = 5, MOST_ROUNDS = 1000 };

/* One of the two kernels, and what it has come to in each round. */
struct side {
	const char *what;
	struct subject subject;
	struct figures *round;
};

struct bench {
	const char *slug;
	const struct check *where;	/* the check that runs the series' kselftests */
	size_t rounds;
	struct side base;
	struct side tip;
};

static int read_rounds(size_t *n)
{
	const char *given = getenv("ROUNDS");
	long long value;
	char *end;

	*n = ROUNDS;
	if (!given || !*given)
		return ST_OK;
	value = strtoll(given, &end, 10);
	if (*end || value < 1 || value > MOST_ROUNDS)
		return fail(ST_USAGE, "ROUNDS is \"%s\", not a number from 1 to %d", given,
			    MOST_ROUNDS);
	*n = value;
	return ST_OK;
}

/*
 * What a guest has printed; ST_FAILED when that is not what the first one of its side
 * has.  The tip may have more than the base, of what there was not before.
 */
static int take_figures(const struct bench *b, const struct side *side, const char *step,
			const char *text, struct figures *figures)
{
	autofree char *wrong = figures_read(figures, text);
	const char *name;

	if (wrong)
		return fail(ST_FAILED, "%s: %s", step, wrong);
	name = figures_differ(&side->round[0], figures);
	if (name)
		return fail(ST_FAILED, "%s and round 1, %s do not have the same figures: %s",
			    step, side->what, name);
	name = figures_missing(figures, &b->base.round[0]);
	if (name)
		return fail(ST_FAILED, "%s does not have a figure of the base: %s", step, name);
	return ST_OK;
}

static int run_once(const struct bench *b, struct side *side, size_t round)
{
	autofree char *step = xasprintf("round %zu, %s", round + 1, side->what);
	struct verdict v = { 0 };
	struct booted booted;
	struct kernel k;
	int err;

	kernel_of(&side->subject, b->where->config, b->where->machine, &k);
	/* What ran before is no answer to another round. */
	k.point.run = progress_clock() * 1000;
	progress_begin(step);
	err = booted_bench(&k.point, b->slug, &booted);
	progress_end();
	if (!err)
		booted_judge(&booted, &v);
	if (!err && v.kind != V_PASS)
		err = fail(ST_FAILED, "%s: %s: %s", step, verdict_name(v.kind), v.text);
	if (!err)
		err = take_figures(b, side, step, booted.boot.guest.text, &side->round[round]);
	verdict_free(&v);
	booted_free(&booted);
	kernel_done(&k);
	return err ? err : interrupted();
}

static void show_figure(const struct figure *f, const struct compared *c)
{
	autofree char *base = c->has_base ? xasprintf("%.6g", c->base) : xstrdup("-");
	autofree char *ratio = c->has_ratio ? xasprintf("%.3f", c->ratio) : xstrdup("-");

	printf("%-40s %12s %12.6g %9s %s\n", f->name, base, c->tip, ratio, f->unit);
}

static void show(const struct bench *b)
{
	const struct figures *first = &b->tip.round[0];

	printf("%s on %s, medians of %zu rounds\n", b->slug, b->where->machine, b->rounds);
	printf("%-40s %12s %12s %9s %s\n", "name", "base", "tip", "tip/base", "unit");
	for (size_t i = 0; i < first->n; i++) {
		struct compared c;

		figures_compare(b->base.round, b->tip.round, b->rounds, i, &c);
		show_figure(&first->figure[i], &c);
	}
}

static void free_rounds(struct side *side, size_t rounds)
{
	for (size_t r = 0; r < rounds; r++)
		figures_free(&side->round[r]);
	free(side->round);
}

/* Base and tip take turns, so that what else the machine does meets both. */
static int run_all(struct bench *b)
{
	int err = ST_OK;

	b->base.round = xcalloc(b->rounds, sizeof(*b->base.round));
	b->tip.round = xcalloc(b->rounds, sizeof(*b->tip.round));
	for (size_t r = 0; !err && r < b->rounds; r++) {
		err = run_once(b, &b->base, r);
		if (!err)
			err = run_once(b, &b->tip, r);
	}
	if (!err)
		show(b);
	free_rounds(&b->base, b->rounds);
	free_rounds(&b->tip, b->rounds);
	return err;
}

/* Both without a patch: nothing is asked of what is touched, nor of KUnit. */
static void set_sides(struct bench *b, const struct subject *tip, const struct point *below)
{
	b->tip = (struct side){ .what = "tip", .subject = *tip };
	b->tip.subject.patch = NULL;
	b->tip.subject.words = "kunit.enable=0";
	b->base = (struct side){ .what = "base", .subject = b->tip.subject };
	b->base.subject.nr = 0;
	b->base.subject.at = *below;
}

static const struct check *first_machine(const struct checks *checks, const struct subject *tip)
{
	for (size_t i = 0; i < checks->n; i++)
		if (check_tests_series(&checks->check[i], tip))
			return &checks->check[i];
	return NULL;
}

static const struct subject *tip_of(const struct subjects *points, const struct series *series)
{
	for (size_t i = 0; i < points->n; i++)
		if (points->subject[i].series == series && points->subject[i].tip)
			return &points->subject[i];
	return NULL;
}

static int bench(const struct work *w, size_t i, size_t rounds)
{
	const struct series *series = &w->stack.series[i];
	struct bench b = { .slug = series->slug, .rounds = rounds };
	const struct subject *tip;
	struct subjects points;
	struct checks checks;
	int err;

	checks_of(&w->configs, &checks);
	subjects_of(w, &points);
	tip = tip_of(&points, series);
	b.where = tip ? first_machine(&checks, tip) : NULL;
	if (b.where) {
		set_sides(&b, tip, work_parent(w, i));
		err = run_all(&b);
	} else {
		err = fail(ST_FAILED, "no machine runs kselftests of %s", series->slug);
	}
	subjects_free(&points);
	checks_free(&checks);
	return err;
}

static int bench_there(const char *root, const char *slug)
{
	autofree char *dir = xasprintf("%s/selftests/%s/bench", root, slug);

	if (dir_exists(dir))
		return ST_OK;
	return fail(ST_USAGE, "%s has no benchmark: there is no selftests/%s/bench/", slug, slug);
}

int cmd_bench(const char *root, char **args)
{
	size_t i, rounds;
	struct proof p;
	int err;

	if (!args[0])
		return fail(ST_USAGE, "of which series? make bench SERIES=<slug>");
	err = read_rounds(&rounds);
	if (err)
		return err;
	err = proof_open(&p, root);
	if (!err)
		err = stack_find(&p.work.stack, args[0], &i);
	if (!err)
		err = bench_there(p.work.project.root, args[0]);
	if (!err)
		err = bench(&p.work, i, rounds);
	proof_close(&p);
	return err;
}
