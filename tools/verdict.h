/* SPDX-License-Identifier: GPL-2.0-only */
/* What a check finds at a point. */
#ifndef VERDICT_H
#define VERDICT_H

enum verdict_kind {
	V_PASS,
	V_WARN,			/* a known issue, as configs/known-issues has it */
	V_FAIL,
	V_SKIP,			/* does not apply here; the text says why */
	V_FLAKY,		/* stalled, then passed, alone and unchanged */
	V_VOID,			/* proved nothing; counts as failed */
};

/* The kind of failure, for V_FAIL and V_VOID. */
enum failure {
	FAIL_NONE,
	FAIL_APPLY,
	FAIL_STYLE,
	FAIL_CONFIG,
	FAIL_BUILD,
	FAIL_LINK,
	FAIL_BOOT,
	FAIL_PANIC,
	FAIL_TEST,
	FAIL_TIMEOUT,
	FAIL_INFRA,
};

struct verdict {
	enum verdict_kind kind;
	enum failure failure;
	char *text;		/* one or more lines for a person; never NULL once set */
	double seconds;
	char *from;		/* the point whose verdict this is, when inherited */
	char *event;		/* of V_FLAKY: what happened, the same for all who saw it */
};

/*
 * Set @v, freeing what it held; the text is formatted as by printf.  Returns
 * ST_OK, so that a check ends with "return verdict(v, V_FAIL, FAIL_STYLE, ...)".
 */
int verdict(struct verdict *v, enum verdict_kind kind, enum failure failure,
	    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
void verdict_free(struct verdict *v);

/*
 * The first line of what was found, and the next one when the first ends in a colon;
 * the caller frees.
 */
char *verdict_line(const struct verdict *v);

const char *verdict_name(enum verdict_kind kind);
const char *failure_name(enum failure failure);

#endif
