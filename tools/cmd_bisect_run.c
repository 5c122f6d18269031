// SPDX-License-Identifier: GPL-2.0-only
/*
 * One step of `git bisect run` in a clone of the stack: the kernel of HEAD is built
 * and run here, in a work tree of our own, with the tests for what HEAD has of each
 * series.  Exit statuses as git-bisect(1) defines them.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "booted.h"
#include "commands.h"
#include "kernel.h"
#include "mem.h"
#include "status.h"
#include "work.h"

enum {
	GOOD = 0,
	BAD = 1,
	UNTESTABLE = 125,
	ABORT = 128,		/* something is wrong that other commits will not mend */
};

#define HERE "refs/bisect-run"

/* HEAD of the tree we are in, taken to where commits are looked up. */
static int fetch(const struct work *w, struct oid *head)
{
	autofree char *here = getcwd(NULL, 0);
	bool ours;
	int err;

	if (!here)
		return fail_errno(ST_USAGE, "the current directory");
	if ((err = git_resolve(ST_USAGE, here, "HEAD^{commit}", head)) ||
	    (err = git_try(&ours, here, "merge-base", "--is-ancestor",
			   w->base.point.commit.hex, head->hex, NULL)))
		return err;
	if (!ours)
		return fail(ST_USAGE, "%s: HEAD does not stand on our base commit; bisect in build/linux or a clone of it",
			    here);
	return git(ST_INFRA, w->project.apply, "fetch", "--quiet", "--no-tags", here,
		   "+HEAD:" HERE, NULL);
}

/* The tests of every series, for as many of its patches as HEAD has. */
static int lay_all(const struct work *w, struct kbuild_point *pt, struct laid **laid)
{
	struct overlay at = { .root = w->project.root, .tree = "." };
	int level, err = ST_OK;

	*laid = NULL;
	for (size_t i = 0; !err && i < w->stack.n; i++) {
		const struct series *s = &w->stack.series[i];

		if (s->status != CARRIED || !overlay_has(&at, s->slug))
			continue;
		err = overlay_level(&at, s, &level);
		*array_more(*laid, pt->nlaid) = (struct laid){
			s->slug, level, level, kernel_about(s, pt->config)
		};
		pt->nlaid++;
	}
	pt->laid = *laid;
	return err;
}

/* A suite or kselftest among others, whose failures are not asked about. */
static int judge_one(const struct guest *g, enum guest_part part, const char *test)
{
	const struct ktap_top *top;
	struct ktap k;
	int status;

	guest_results(g, part, &k);
	top = ktap_find(&k, test);
	if (!top)
		status = UNTESTABLE;
	else if (!top->ok || top->failed)
		status = BAD;
	else
		status = top->passed ? GOOD : UNTESTABLE;
	ktap_free(&k);
	return status;
}

static int judge(const struct booted *b, enum guest_part part, const char *test)
{
	const char *const names[] = { test, NULL };
	struct verdict v = { 0 };
	int status;

	if (b->kernel->made != MADE) {
		notice("no kernel: %s", b->kernel->why);
		return b->kernel->made == NOT_MADE ? ABORT : UNTESTABLE;
	}
	guest_judge(&b->boot.guest, part, names, &v);
	notice("%s: %s", verdict_name(v.kind), v.text);
	if (v.kind == V_PASS)
		status = GOOD;
	else if (v.failure == FAIL_TEST)
		status = judge_one(&b->boot.guest, part, test);
	else
		status = v.kind == V_FAIL ? BAD : UNTESTABLE;
	verdict_free(&v);
	return status;
}

static int step(const struct kbuild_point *pt, const char *test, int *status)
{
	enum guest_part part = strchr(test, '/') ? GUEST_TESTS : GUEST_KUNIT;
	const struct booted_test only = { test };
	struct booted b;
	int err = booted_with(pt, &only, false, &b);

	if (!err)
		*status = judge(&b, part, test);
	booted_free(&b);
	return err;
}

static int run_here(struct work *w, const char *test, const struct machine *m, int *status)
{
	const char *const configs[] = { m->config, NULL };
	struct kbuild_point pt = {
		.project = &w->project, .config = m->config, .machine = m->name,
		.configs = configs,
	};
	autofree struct laid *laid = NULL;
	autofree char *name = NULL;
	struct oid head;
	int err;

	if ((err = work_base(w)) || (err = fetch(w, &head)) || (err = lay_all(w, &pt, &laid)))
		return err;
	name = xstrndup(head.hex, 12);
	pt.commit = &head;
	pt.name = name;
	return step(&pt, test, status);
}

static int run_on(struct work *w, const char *test, const char *machine, int *status)
{
	struct machine m;
	int err = machine_read(&m, w->project.root, machine);

	if (!err)
		err = run_here(w, test, &m, status);
	machine_free(&m);
	return err;
}

int cmd_bisect_run(const char *root, char **args)
{
	struct work w;
	int status = UNTESTABLE, err;

	if (!args[0]) {
		fail(ST_USAGE, "bisect-run needs a test: <slug>/<kselftest>, or the name of a KUnit suite");
		return ABORT;
	}
	err = work_open(&w, root);
	if (!err)
		err = run_on(&w, args[0], args[1] ? args[1] : "x86_64", &status);
	work_close(&w);
	if (err == ST_INTERRUPTED)
		return err;
	return err ? ABORT : status;
}
