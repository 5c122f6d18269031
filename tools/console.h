/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's own complaints in a console's text.  A warning that a test
 * provokes on purpose counts like any other: nothing here knows about tests, but
 * that what a test prints ("# " and what follows) is not the kernel's.
 */
#ifndef CONSOLE_H
#define CONSOLE_H

#include <stdbool.h>

enum console_kind {
	CONSOLE_CLEAN,
	CONSOLE_STALL,		/* hung task, soft lockup, RCU stall: load may cause it */
	CONSOLE_SPLAT,		/* BUG, WARNING, Oops, lockdep, KASAN, UBSAN, leaks */
	CONSOLE_PANIC,
	CONSOLE_LOST,		/* printk dropped messages: nobody knows which */
};

struct console {
	enum console_kind kind;
	char *line;		/* the complaint; NULL when there is none */
	char *context;		/* it and some lines after it */
};

/*
 * Find the first splat or panic (CONSOLE_PANIC when a panic is among what follows
 * it, too), else lost messages, else the first stall.
 */
void console_scan(struct console *c, const char *text);
void console_free(struct console *c);

/* Whether a line begins with a time stamp, as each does that was in the kernel's log. */
bool console_is_stamped(const char *line);

/*
 * A line of a console's text without carriage return and time stamp ("[    1.234567] ",
 * "[    1.234567][    T1] "); *@text moves to the next.  NULL at the end, else the
 * caller frees.
 */
char *console_line(const char **text);

#endif
