/* SPDX-License-Identifier: GPL-2.0-only */
/* Tests that are a program on this machine and print KTAP. */
#ifndef SCRIPT_H
#define SCRIPT_H

#include "verdict.h"

/*
 * Run @argv (ended by NULL) in the directory @dir for @seconds at most (0: for ever)
 * and judge what it prints.
 *
 *	V_PASS	cases passed, none failed, and it ended with status 0
 *	V_FAIL	FAIL_TEST a case failed; FAIL_TIMEOUT it did not end
 *	V_VOID	FAIL_TEST no case passed, a plan that is missing or not kept, or a
 *		status that no case explains
 */
int script_run(const char *dir, const char *const *argv, unsigned int seconds,
	       struct verdict *v);

#endif
