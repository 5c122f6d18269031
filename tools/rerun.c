// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "console.h"
#include "launcher.h"
#include "mem.h"
#include "rerun.h"
#include "status.h"

/* A case that failed while part of the kernel stalled may have failed of that. */
static void blame_stall(const struct guest *g, struct verdict *v)
{
	autofree char *text = NULL;
	struct console c;

	if (v->failure != FAIL_TEST || v->kind != V_FAIL)
		return;
	console_scan(&c, g->text);
	text = xstrdup(v->text);
	if (c.kind == CONSOLE_STALL)
		verdict(v, V_FAIL, FAIL_TIMEOUT, "%s\nmeanwhile on the console:\n%s", text,
			c.context);
	console_free(&c);
}

static int judge_run(const struct booted *b, const struct guest *g, judge_guest judge,
		     const void *data, struct verdict *v)
{
	int err = judge(b, g, data, v);

	if (!err)
		blame_stall(g, v);
	return err;
}

/* @v is the second run's verdict so far, @first the first one's. */
static void settle(const struct boot *b, const struct verdict *first, struct verdict *v)
{
	autofree char *text = xstrdup(v->text);

	if (first->kind == V_PASS)
		return;
	if (first->failure != FAIL_TIMEOUT) {
		verdict(v, first->kind, first->failure, "%s", first->text);
		return;
	}
	if (v->kind != V_PASS) {
		verdict(v, v->kind, v->failure, "%s\nand in the run before (%s):\n%s", text,
			b->kept, first->text);
		return;
	}
	verdict(v, V_FLAKY, FAIL_TIMEOUT, "passed when run once more (%s); at first (%s):\n%s",
		text, b->kept, first->text);
	v->event = xstrdup(b->event);
}

static int judge_both(const struct booted *b, judge_guest judge, const void *data,
		      struct verdict *v)
{
	struct verdict first = { 0 };
	int err = judge_run(b, &b->boot.first, judge, data, &first);

	if (!err)
		settle(&b->boot, &first, v);
	verdict_free(&first);
	return err;
}

/* Whether there is a machine to run it on; the verdict when there is none. */
static int have_machine(const struct kbuild_point *pt, struct verdict *v)
{
	struct machine m;
	int err = machine_read(&m, pt->project->root, pt->machine);

	if (!err)
		err = launcher_have(pt->project, &m, v);
	machine_free(&m);
	return err;
}

int rerun_judge(const struct kbuild_point *pt, bool before, judge_guest judge,
		const void *data, struct booted *b, struct verdict *v)
{
	int err = have_machine(pt, v);

	*b = (struct booted){ 0 };
	if (err || v->kind != V_PASS)
		return err;
	if ((err = booted_have(pt, before, false, b)) ||
	    (err = judge_run(b, &b->boot.guest, judge, data, v)))
		return err;
	if (v->failure == FAIL_TIMEOUT && !b->boot.first.text) {
		booted_free(b);
		if ((err = booted_have(pt, before, true, b)) ||
		    (err = judge_run(b, &b->boot.guest, judge, data, v)))
			return err;
	}
	if (b->boot.first.text && (err = judge_both(b, judge, data, v)))
		return err;
	/* The emulator, or lines that it lost: nothing is known of the guest. */
	return v->failure == FAIL_INFRA ? boot_forget(&b->boot) : ST_OK;
}
