// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "kbuild_checks.h"
#include "mem.h"
#include "selftests.h"
#include "status.h"

/* How many complaints a person wants to see. */
#define SHOWN 10

static int judge(const struct selftests *st, struct verdict *v)
{
	autofree char *text = NULL;
	struct warnings ws;
	size_t n;

	said_all(&st->said, &ws);
	n = ws.n;
	text = warnings_text(&ws, SHOWN);
	warnings_free(&ws);
	if (st->why)
		return verdict(v, V_FAIL, FAIL_BUILD, "%s", n ? text : st->why);
	if (n)
		return verdict(v, V_FAIL, FAIL_BUILD, "%zu warnings:\n%s", n, text);
	if (!st->n)
		return verdict(v, V_VOID, FAIL_BUILD, "the makefiles list no program; is TEST_GEN_PROGS set?");
	return verdict(v, V_PASS, FAIL_NONE, "%zu programs", st->n);
}

int check_kselftest_build_run(const struct kbuild_point *pt, struct verdict *v)
{
	struct selftests st;
	int err;

	if (!selftests_any(pt))
		return verdict(v, V_SKIP, FAIL_NONE, "no series up to here has kselftests");
	err = selftests_have(pt, false, &st);
	if (!err)
		err = judge(&st, v);
	selftests_free(&st);
	return err;
}
