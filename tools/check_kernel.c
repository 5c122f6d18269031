// SPDX-License-Identifier: GPL-2.0-only
/*
 * The questions about kernels.  What is asked of a build is in check_<question>.c,
 * what is asked of a running kernel in check_booted.c; here it is brought to a point.
 */
#include <stdlib.h>
#include <string.h>

#include "boot.h"
#include "check.h"
#include "kernel.h"
#include "mem.h"
#include "outside.h"
#include "status.h"
#include "tool.h"

static bool concerns(const struct check *c, const struct subject *s)
{
	return kernel_concerns(s, c->config);
}

static bool runs(const struct check *c, const struct subject *s)
{
	return concerns(c, s) && kernel_runs_on(s, c->machine);
}

/* Where there is a patch, and a configuration that every commit is compiled in. */
static bool concerns_patch(const struct check *c, const struct subject *s)
{
	return s->patch && !config_variant(c->config) && kernel_concerns(s, c->config);
}

static bool is_inert(const struct check *c, const struct subject *s)
{
	return concerns_patch(c, s) && series_is_inert(s->series, s->nr);
}

static int built_key(const struct check *c, const struct subject *s, struct key *key)
{
	struct kernel k;
	struct hash h;
	int err;

	kernel_of(s, c->config, c->machine, &k);
	err = built_inputs(&k.point, &h);
	kernel_done(&k);
	key_add(key, "build", "%s", h.hex);
	return err;
}

/* The builds in all configurations that the point is about, but for variants. */
static int all_built_key(const struct check *c, const struct subject *s, struct key *key)
{
	const struct configs *cs = &s->work->configs;
	int err = ST_OK;

	for (size_t i = 0; !err && i < cs->n; i++) {
		struct check one = { .config = cs->name[i] };

		if (!config_variant(one.config) && kernel_concerns(s, one.config))
			err = built_key(&one, s, key);
	}
	return err;
}

static int run_built(const struct check *c, const struct subject *s, struct verdict *v)
{
	struct kernel k;
	int err;

	kernel_of(s, c->config, c->machine, &k);
	err = c->built(&k.point, v);
	kernel_done(&k);
	return err;
}

static bool is_tip(const struct check *c, const struct subject *s)
{
	return s->tip && concerns_patch(c, s);
}

static int clang_key(const struct check *c, const struct subject *s, struct key *key)
{
	struct hash build, llvm;
	struct kernel k;
	int err;

	kernel_of_series(s, c->config, &k);
	err = built_inputs(&k.point, &build);
	kernel_done(&k);
	if (!err)
		err = llvm_tools(&llvm);
	if (err)
		return err;
	key_add(key, "build", "%s", build.hex);
	key_add(key, "clang", "%s", llvm.hex);
	return ST_OK;
}

static int run_clang(const struct check *c, const struct subject *s, struct verdict *v)
{
	struct kernel tip, series;
	int err;

	kernel_of(s, c->config, NULL, &tip);
	kernel_of_series(s, c->config, &series);
	err = check_clang_run(&tip.point, &series.point, v);
	kernel_done(&series);
	kernel_done(&tip);
	return err;
}

static int kselftest_key(const struct check *c, const struct subject *s, struct key *key)
{
	struct kernel k;
	struct hash h;
	int err;

	kernel_of(s, c->config, c->machine, &k);
	err = selftests_inputs(&k.point, false, &h);
	kernel_done(&k);
	if (!err)
		key_add(key, "kselftests", "%s", h.hex);
	return err;
}

static int boot_key(const struct check *c, const struct subject *s, struct key *key)
{
	struct hash h;
	int err = built_key(c, s, key);

	if (!err)
		err = kselftest_key(c, s, key);
	if (!err)
		err = boot_inputs(&s->work->project, c->machine, &h);
	if (!err)
		key_add(key, "machine", "%s", h.hex);
	return err;
}

/* Whether the tests that look at kernels from outside are asked of @s for @series. */
static bool is_outside(const struct check *c, const struct subject *s,
		       const struct series *series)
{
	return series->status == CARRIED && (!s->series || s->series == series) &&
	       kernel_about(series, c->config) &&
	       outside_has(s->work->project.root, series->slug);
}

static bool any_outside(const struct check *c, const struct subject *s)
{
	const struct stack *st = &s->work->stack;

	for (size_t i = 0; !config_variant(c->config) && i < st->n; i++)
		if (is_outside(c, s, &st->series[i]))
			return true;
	return false;
}

static int outside_inputs(const struct check *c, const struct subject *s, struct key *key)
{
	const struct stack *st = &s->work->stack;
	int err = built_key(c, s, key);

	for (size_t i = 0; !err && i < st->n; i++)
		if (is_outside(c, s, &st->series[i]))
			err = outside_key(s->work->project.root, st->series[i].slug, key);
	return err;
}

/* The tests of the point's series at its level, at the base those of all at 0. */
static int run_outside(const struct check *c, const struct subject *s, struct verdict *v)
{
	const struct stack *st = &s->work->stack;
	struct kernel k;
	int err = ST_OK;

	kernel_of(s, c->config, NULL, &k);
	verdict(v, V_PASS, FAIL_NONE, "nothing yet");
	for (size_t i = 0; !err && v->kind == V_PASS && i < st->n; i++)
		if (is_outside(c, s, &st->series[i]))
			err = outside_run(&k.point, st->series[i].slug, s->nr, NULL, v);
	kernel_done(&k);
	return err;
}

static bool is_unchanged(const struct check *c, const struct subject *s)
{
	return concerns_patch(c, s) && series_inert_test(s->series, s->nr) &&
	       kernel_tests_on(s, s->series, c->machine);
}

static int unchanged_key(const struct check *c, const struct subject *s, struct key *key)
{
	struct kernel k;
	struct hash h;
	int err;

	key_add(key, "test", "%s", series_inert_test(s->series, s->nr));
	err = boot_key(c, s, key);
	if (err)
		return err;
	kernel_of(s, c->config, c->machine, &k);
	err = selftests_inputs(&k.point, true, &h);
	kernel_done(&k);
	if (!err)
		key_add(key, "kselftests before", "%s", h.hex);
	return err;
}

static int run_unchanged(const struct check *c, const struct subject *s, struct verdict *v)
{
	struct kernel k;
	int err;

	kernel_of(s, c->config, c->machine, &k);
	err = check_unchanged_run(&k.point, series_inert_test(s->series, s->nr), v);
	kernel_done(&k);
	return err;
}

#define BUILT(id, question, where)				\
const struct check check_##id = {				\
	.name = #id, .what = question, .digest = CHECK_DIGEST,	\
	.about = ABOUT_KERNEL, .built = check_##id##_run,	\
	.applies = where, .inputs = built_key, .run = run_built,\
}

#define BOOTED(id, kind, question)				\
const struct check check_##id = {				\
	.name = #id, .what = question, .digest = CHECK_DIGEST,	\
	.about = kind, .built = check_##id##_run,		\
	.applies = runs, .inputs = boot_key, .run = run_built,	\
}

BUILT(build, "does it compile without a new warning?", concerns);
BUILT(link, "does it link, and do objtool, modpost and ld say nothing new?", concerns);
BUILT(w1, "do the touched objects compile with W=1 without a new warning?", concerns_patch);
BUILT(sparse, "does sparse say nothing new of the touched objects?", concerns_patch);
BUILT(inert, "does a patch that is said to be inert change no object?", is_inert);
BOOTED(console, ABOUT_RUN, "does the kernel boot and complain of nothing?");
BOOTED(kunit, ABOUT_RUN, "do the KUnit suites pass in it?");
BOOTED(kselftest, ABOUT_TESTS, "do the kselftests pass in it?");

const struct check check_clang = {
	.name = "clang",
	.what = "do the objects that the series touches compile with clang without a new warning?",
	.digest = CHECK_DIGEST, .about = ABOUT_KERNEL,
	.applies = is_tip, .inputs = clang_key, .run = run_clang,
};

const struct check check_kselftest_build = {
	.name = "kselftest-build",
	.what = "do the kselftests laid over the point build without a warning?",
	.digest = CHECK_DIGEST, .about = ABOUT_TESTS, .built = check_kselftest_build_run,
	.applies = runs, .inputs = kselftest_key, .run = run_built,
};

const struct check check_outside = {
	.name = "outside",
	.what = "do the tests of the series that look at the kernel from outside pass?",
	.digest = CHECK_DIGEST, .about = ABOUT_KERNEL,
	.applies = any_outside, .inputs = outside_inputs, .run = run_outside,
};

const struct check check_unchanged = {
	.name = "unchanged",
	.what = "does the test that the meta names run the same before the patch and with it?",
	.digest = CHECK_DIGEST, .about = ABOUT_TESTS,
	.applies = is_unchanged, .inputs = unchanged_key, .run = run_unchanged,
};

const struct check check_compiled = {
	.name = "compiled",
	.what = "is every source file of the patch compiled in some configuration?",
	.digest = CHECK_DIGEST, .about = ABOUT_KERNELS, .built = check_compiled_run,
	.applies = check_has_patch, .inputs = all_built_key, .run = run_built,
};
