// SPDX-License-Identifier: GPL-2.0-only
/*
 * The checks of a kernel as rows of the table: one for each question and
 * configuration.  What is asked of a build is in check_<question>.c; here it is
 * brought to a point, and what is asked of a running kernel is asked.
 */
#include <stdlib.h>
#include <string.h>

#include "boot.h"
#include "check.h"
#include "kernel.h"
#include "mem.h"
#include "status.h"

static bool concerns(const struct check *c, const struct subject *s)
{
	return kernel_concerns(s, c->config);
}

/* Where there is a patch, and a configuration that it could be compiled in. */
static bool concerns_patch(const struct check *c, const struct subject *s)
{
	return s->patch && kernel_concerns(s, c->config);
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

	kernel_of(s, c->config, &k);
	err = built_inputs(&k.point, &h);
	kernel_done(&k);
	key_add(key, "build", "%s", h.hex);
	return err;
}

/* The builds in all configurations that the point is about. */
static int all_built_key(const struct check *c, const struct subject *s, struct key *key)
{
	int err = ST_OK;

	for (size_t i = 0; !err && kernel_configs[i]; i++) {
		struct check one = { .config = kernel_configs[i] };

		if (kernel_concerns(s, one.config))
			err = built_key(&one, s, key);
	}
	return err;
}

static int run_built(const struct check *c, const struct subject *s, struct verdict *v)
{
	struct kernel k;
	int err;

	kernel_of(s, c->config, &k);
	err = c->built(&k.point, v);
	kernel_done(&k);
	return err;
}

static int kselftest_key(const struct check *c, const struct subject *s, struct key *key)
{
	struct kernel k;
	struct hash h;
	int err;

	kernel_of(s, c->config, &k);
	err = selftests_inputs(&k.point, false, &h);
	kernel_done(&k);
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
		err = boot_inputs(&s->work->project, c->config, &h);
	key_add(key, "machine", "%s", h.hex);
	return err;
}

static bool is_unchanged(const struct check *c, const struct subject *s)
{
	return concerns_patch(c, s) && series_inert_test(s->series, s->nr);
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
	kernel_of(s, c->config, &k);
	err = selftests_inputs(&k.point, true, &h);
	kernel_done(&k);
	key_add(key, "kselftests before", "%s", h.hex);
	return err;
}

static int run_unchanged(const struct check *c, const struct subject *s, struct verdict *v)
{
	struct kernel k;
	int err;

	kernel_of(s, c->config, &k);
	err = check_unchanged_run(&k.point, series_inert_test(s->series, s->nr), v);
	kernel_done(&k);
	return err;
}

#define BUILT(cfg, id, question, where)				\
const struct check check_##cfg##_##id = {			\
	.name = #id "@" #cfg, .what = question,			\
	.digest = CHECK_DIGEST, .config = #cfg,			\
	.built = check_##id##_run, .applies = where,		\
	.inputs = built_key, .run = run_built,			\
}

#define BOOTED(cfg, id, question)				\
const struct check check_##cfg##_##id = {			\
	.name = #id "@" #cfg, .what = question,			\
	.digest = CHECK_DIGEST, .config = #cfg,			\
	.built = check_##id##_run, .applies = concerns,		\
	.inputs = boot_key, .run = run_built,			\
}

#define UNCHANGED(cfg, question)				\
const struct check check_##cfg##_unchanged = {			\
	.name = "unchanged@" #cfg, .what = question,		\
	.digest = CHECK_DIGEST, .config = #cfg,			\
	.applies = is_unchanged, .inputs = unchanged_key,	\
	.run = run_unchanged,					\
}

BUILT(x86_64, build, "does it compile without a new warning?", concerns);
BUILT(x86_64, link, "does it link, and do objtool, modpost and ld say nothing new?", concerns);
BUILT(x86_64, w1, "do the touched objects compile with W=1 without a new warning?", concerns_patch);
BUILT(x86_64, sparse, "does sparse say nothing new of the touched objects?", concerns_patch);
BUILT(x86_64, inert, "does a patch that is said to be inert change no object?", is_inert);

const struct check check_compiled = {
	.name = "compiled",
	.what = "is every source file of the patch compiled in some configuration?",
	.digest = CHECK_DIGEST, .config = "x86_64", .built = check_compiled_run,
	.applies = concerns_patch, .inputs = all_built_key, .run = run_built,
};

const struct check check_x86_64_kselftest_build = {
	.name = "kselftest-build@x86_64",
	.what = "do the kselftests laid over the point build without a warning?",
	.digest = CHECK_DIGEST, .config = "x86_64", .built = check_kselftest_build_run,
	.applies = concerns, .inputs = kselftest_key, .run = run_built,
};

BOOTED(x86_64, console, "does the kernel boot and complain of nothing?");
BOOTED(x86_64, kunit, "do the KUnit suites pass in it?");
BOOTED(x86_64, kselftest, "do the kselftests pass in it?");
UNCHANGED(x86_64, "does the test that the meta names run the same before the patch and with it?");
BOOTED(um, console, "does the kernel boot and complain of nothing?");
BOOTED(um, kunit, "do the KUnit suites pass in it?");
