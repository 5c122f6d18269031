// SPDX-License-Identifier: GPL-2.0-only
/* Does the program do what its own suite asks?  A question of no point: the base's. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "mem.h"
#include "run.h"
#include "status.h"

static bool applies(const struct check *check, const struct subject *s)
{
	return !s->patch;
}

static int inputs(const struct check *check, const struct subject *s, struct key *k)
{
	autofree char *tools = xasprintf("%s/tools", s->work->project.root);
	autofree char *makefile = xasprintf("%s/Makefile", s->work->project.root);
	int err = key_add_files(k, "tools", tools);

	return err ? err : key_add_files(k, "Makefile", makefile);
}

/* The suite's last line is "N passed, N failed, N skipped". */
static int judge(const struct run *r, struct verdict *v)
{
	int passed, failed, skipped;
	const char *last = r->out + r->out_len;

	while (last > r->out && (!*last || *last == '\n'))
		last--;
	while (last > r->out && last[-1] != '\n')
		last--;
	if (sscanf(last, "%d passed, %d failed, %d skipped", &passed, &failed, &skipped) != 3)
		return verdict(v, V_VOID, FAIL_TEST, "the suite gave no total: %s", run_why(r));
	if (failed || r->status)
		return verdict(v, V_FAIL, FAIL_TEST, "%s", r->out);
	if (!passed)
		return verdict(v, V_VOID, FAIL_TEST, "the suite ran no test");
	return verdict(v, V_PASS, FAIL_NONE, "%.*s", (int)strcspn(last, "\n"), last);
}

static int run_suite(const struct check *check, const struct subject *s, struct verdict *v)
{
	struct run r = {
		.dir = s->work->project.root,
		.argv = (const char *[]){ "make", "--no-print-directory", "suite", NULL },
	};
	int err = run(&r);

	if (!err)
		judge(&r, v);
	run_free(&r);
	return err;
}

const struct check check_suite = {
	.name = "suite",
	.what = "does the program pass its own suite?",
	.digest = CHECK_DIGEST,
	.applies = applies,
	.inputs = inputs,
	.run = run_suite,
};
