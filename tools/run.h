/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Running other programs.  Each has one owner: the call that started it reaps
 * it, and takes it and all its children down when the user interrupts or its
 * time is over.
 */
#ifndef RUN_H
#define RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct run {
	const char *const *argv;	/* found in PATH; ends with NULL */
	const char *dir;		/* where it runs; NULL: here */
	const char *const *env;		/* NAME=value to add; may be NULL */
	const char *input;		/* its standard input; NULL: nothing */
	bool show;			/* its output goes to ours, not to @out and @err */
	unsigned int timeout;		/* seconds until it is taken down; 0: none */
	size_t most;			/* bytes of either output until it is; 0: any */

	/* Set by run(); the strings are freed by run_free(). */
	char *out;			/* all of its standard output, NUL at the end */
	size_t out_len;
	char *err;			/* all of its standard error */
	int status;			/* exit status, or 128 + signal */
	bool timed_out;			/* it did not end by itself; @out has what came */
	bool flooded;			/* nor here; the first @most bytes are kept of either */
};

/*
 * Make SIGINT, SIGTERM and SIGHUP wait until they are asked for, and give the
 * programs we run an environment of their own: no git or b4 setting of the user
 * or the system, UTC, the C locale.  @home becomes their HOME; git and b4 take
 * @name and @email for the user's.
 */
void run_init(const char *home, const char *name, const char *email);

/*
 * Run a program to its end.  ST_OK when it ran, whatever its status;
 * ST_INFRA when it could not be started (with the name of the tool);
 * ST_INTERRUPTED when a signal ended it and should end us.
 */
int run(struct run *r);
void run_free(struct run *r);

/* A program that is fed while it runs, or runs while others do. */
struct feed {
	pid_t pid;
	int in;				/* its standard input, for write(2) */
	int err;			/* what it said so far, a memory file */
};

/* As run(), but return with the program running; feed_end() reaps it. */
int feed_start(struct feed *f, const struct run *r);
int feed_end(struct feed *f, struct run *r);

/*
 * ST_INTERRUPTED when the user has asked us to stop, which is said once, or the time
 * that run_for() gave is over.
 */
int interrupted(void);

/*
 * Stop what runs after @seconds as when the user asks for it, but say nothing; 0 is for
 * ever.  Ended by run_for_end(), so that there may be work after it: that gives what is
 * left of @err, which is ST_OK when only the time was over.
 */
void run_for(double seconds);
int run_for_end(int err);

/* The last lines of what a failed program said, to be part of a message. */
const char *run_why(const struct run *r);

#endif
