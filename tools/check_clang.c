// SPDX-License-Identifier: GPL-2.0-only
/*
 * Another compiler sees other things.  It is asked once for a series, at its tip, about
 * the objects that any file of the series is part of; gcc's own build tells which.
 */
#include <stdlib.h>

#include "aside.h"
#include "file.h"
#include "judge.h"
#include "kbuild_checks.h"
#include "mem.h"
#include "status.h"
#include "tool.h"

#define HEARD (HEAR(BY_COMPILER) | HEAR(BY_DOC) | HEAR(BY_OBJTOOL))

static int judge_said(const struct said *now, const struct said *before,
		      const char *const *object, size_t n, struct verdict *v)
{
	const char *missing = judge_left_over(now, object, n);

	if (judge_new(now, before, HEARD, FAIL_BUILD, v))
		return ST_OK;
	if (missing)
		return verdict(v, V_VOID, FAIL_BUILD, "%s was not compiled by clang", missing);
	return verdict(v, V_PASS, FAIL_NONE, "%zu objects", n);
}

static int judge(const struct kbuild_point *pt, const char *const *object, size_t n,
		 struct verdict *v)
{
	const struct aside clang = { .name = "clang", .llvm = true, .point = pt };
	struct said now = { 0 }, before = { 0 };
	autofree char *wrong = NULL;
	int err = aside_run(&clang, true, object, n, &before, &wrong);

	if (!err && !wrong)
		err = aside_run(&clang, false, object, n, &now, &wrong);
	if (!err && wrong)
		verdict(v, V_VOID, FAIL_CONFIG, "with clang configs/kernel/%s.config does not hold:\n%s",
			pt->config, wrong);
	else if (!err)
		judge_said(&now, &before, object, n, v);
	said_free(&now);
	said_free(&before);
	return err;
}

/* The objects of all files that differ between the ends of the series. */
static int find_objects(const struct kbuild_point *tip, const struct kbuild_point *series,
			struct users *us)
{
	char **source;
	size_t n;
	int err = ktree_sources(series->project, series->parent, series->commit, &source, &n);

	*us = (struct users){ 0 };
	if (!err)
		err = built_users(tip, source, n, us);
	names_free(source, n);
	return err;
}

static int compile(const struct kbuild_point *tip, const struct kbuild_point *series,
		   struct verdict *v)
{
	autofree const char **object = NULL;
	struct users us;
	size_t n;
	int err = find_objects(tip, series, &us);

	users_sample(&us, &object, &n);
	if (!err && !n)
		verdict(v, V_SKIP, FAIL_NONE, "the series touches no object of %s", tip->config);
	else if (!err)
		err = judge(series, object, n, v);
	users_free(&us);
	return err;
}

int check_clang_run(const struct kbuild_point *tip, const struct kbuild_point *series,
		    struct verdict *v)
{
	struct built b;
	int err;

	if (!tool_there("clang" LLVM) || !tool_there("ld.lld" LLVM))
		return verdict(v, V_VOID, FAIL_INFRA, "clang" LLVM " or ld.lld" LLVM " is not in PATH; `make setup` installs them");
	err = built_have(tip, &b);
	if (!err && b.now.made != MADE)
		judge_void(&b.now, "the kernel could not be built", v);
	else if (!err)
		err = compile(tip, series, v);
	built_free(&b);
	return err;
}
