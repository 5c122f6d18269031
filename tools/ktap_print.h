/* SPDX-License-Identifier: GPL-2.0-only */
/* An outcome as KTAP (Documentation/dev-tools/ktap.rst of the kernel), for kunit.py. */
#ifndef KTAP_PRINT_H
#define KTAP_PRINT_H

#include "outcome.h"

/*
 * Print a test for each point from the bottom up, with a subtest for each check, and
 * one more when known issues are wrong themselves.
 *
 *	ok			passed; warnings and flaky verdicts, too, with "# warn" or "# flaky"
 *	ok ... # SKIP		with the reason
 *	not ok			failed, with its class, or # TIMEOUT
 *	not ok ... # ERROR	void, or not judged
 */
void ktap_print(const struct outcome *o);

#endif
