/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A guest that stalled is run once more, alone: emulated processors stall when the
 * machine is busy, but a kernel that hangs now and then looks the same.  Both runs are
 * kept and judged, so the verdict is the same whichever check asks first.
 */
#ifndef RERUN_H
#define RERUN_H

#include "booted.h"
#include "verdict.h"

/*
 * Judge @g, one of the runs of @b, whose kernel may not have been made.  What is
 * FAIL_TIMEOUT, or FAIL_TEST in a guest whose kernel stalled meanwhile, is a stall.
 */
typedef int (*judge_guest)(const struct booted *b, const struct guest *g, const void *data,
			   struct verdict *v);

/*
 * Have the kernel of @pt, or that of its parent when @before, run, and judge it; @data
 * is for @judge.  The caller calls booted_free() in any case.
 *
 *	the first run did not stall	its verdict; the second's, when that failed (a stall
 *					of what another check asks about made it run again)
 *	it stalled, the second passed	V_FLAKY, with what the first one said
 *	it stalled, the second failed	that of the second, with what both said
 */
int rerun_judge(const struct kbuild_point *pt, bool before, judge_guest judge,
		const void *data, struct booted *b, struct verdict *v);

#endif
