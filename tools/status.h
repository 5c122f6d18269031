/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How the program ends and what it calls a failure: the one table, which
 * stack(1) shows to the user.
 */
#ifndef STATUS_H
#define STATUS_H

#include <stdio.h>

/*
 * Exit statuses.  Every function that can fail returns one of these, after it
 * has said why through fail(); 0 is success.
 */
enum status {
	ST_OK = 0,
	ST_FAILED = 1,		/* evidence that does not hold, a drifted lock */
	ST_USAGE = 2,		/* a command line that makes no sense */
	ST_NOT_PROVED = 3,	/* nothing failed, but the time was over first */
	ST_INPUT = 4,		/* a malformed file of this project */
	ST_APPLY = 5,		/* a patch that does not apply */
	ST_SOURCE = 6,		/* no kernel source, or not the pinned one */
	ST_INFRA = 7,		/* a missing tool, no space, an I/O error */
	ST_BUSY = 8,		/* another run holds this tree */
	ST_INTERRUPTED = 130,	/* SIGINT, SIGTERM or SIGHUP */
};

/* The failure class that a message of status @st begins with. */
const char *status_class(enum status st);

/*
 * Print "stack: <class>: <message>" on standard error and return @st, so that
 * an error path is "return fail(...)".  The message says what, where, why and
 * what to do next, without a newline at its end.
 */
int fail(enum status st, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* As fail(), with the text of errno (read on entry) after the message. */
int fail_errno(enum status st, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * From now on put messages, without "stack:" and class, into @to instead, where they
 * are part of a verdict; NULL: print them again.
 */
void status_divert(FILE *to);

/* Print "stack: <message>": something to know that is no failure. */
void notice(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
