/* SPDX-License-Identifier: GPL-2.0-only */
/* A built kernel runs on a machine, and what it printed is judged. */
#ifndef GUEST_H
#define GUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "ktap.h"
#include "machine.h"
#include "verdict.h"

struct guest {
	char *text;		/* the console; NULs in it are blanks */
	char *said;		/* what the emulator itself said */
	double seconds;
	int status;		/* of the emulator */
	bool timed_out;
	bool flooded;		/* it was taken down, for it printed too much */
};

/*
 * Boot @kernel with @initramfs on @m and wait for its end, at most until all of
 * @seconds for its tests (on hardware) and what the machine takes to boot are over.
 */
int guest_run(struct guest *g, const struct machine *m, const char *kernel,
	      const char *initramfs, unsigned int seconds);
void guest_free(struct guest *g);

/*
 * What is asked of a console's text.  All three want a guest that got to its end:
 * one that did not boot, hung, or stopped early has proved nothing.
 */
enum guest_part {
	GUEST_CONSOLE,		/* the kernel complained of nothing */
	GUEST_KUNIT,		/* the suites in it passed */
	GUEST_TESTS,		/* the tests that its init ran passed */
};

/*
 * Judge one part of it.  @names (ended by NULL, or NULL for none) are suites or
 * tests of which each has to be there with a case that passed.  A failure of class
 * FAIL_TIMEOUT is worth another run, alone.
 *
 *	V_PASS	at least one case passed (CONSOLE: the guest got to its end), none failed
 *	V_FAIL	FAIL_TEST a case failed; FAIL_TIMEOUT a test, the guest or a part of the
 *		kernel hung; FAIL_PANIC panic, oops, warning, lockdep, KASAN...; FAIL_BOOT the
 *		init did not begin, or lacks what the machine says is there
 *	V_VOID	FAIL_TEST no case, all skipped, a plan missing or not kept; FAIL_BOOT an end
 *		without end line, too much on the console to be kept, or a machine that
 *		is not what it says; FAIL_INFRA the emulator failed, or lines were lost
 */
int guest_judge(const struct guest *g, enum guest_part part, const char *const *names,
		struct verdict *v);

/* What the KUnit suites or the tests have said; the caller calls ktap_free(). */
void guest_results(const struct guest *g, enum guest_part part, struct ktap *k);

#endif
