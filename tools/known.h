/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * configs/known-issues: what fails for a reason that is known, written down, and
 * not ours to mend now.  Each issue begins with the line of that name:
 *
 *	Issue: <slug>[/<nr>[-<nr>]]|base <check>	where, as in the report
 *	Says: <text>					that stands in the verdict
 *	Until: <year>-<month>-<day>			it has to be looked at again
 *	Link: <URL>					where it is discussed
 *	Reason: <text>
 *
 * <check> is a pattern as of glob(7), so that "kselftest@*" is one on all machines.
 */
#ifndef KNOWN_H
#define KNOWN_H

#include <stdio.h>

#include "plan.h"

struct issue {
	char *slug;		/* "base" for the base */
	unsigned long first;	/* patches, 0 at the base */
	unsigned long last;
	char *check;
	const char *says;	/* these point into the record */
	const char *until;
	const char *link;
	const char *reason;
	const char *path;
	int line;
};

struct known {
	struct records records;
	struct issue *issue;
	size_t n;
};

/* Read @path; one that is not there knows nothing.  ST_INPUT when it is malformed. */
int known_read(struct known *k, const char *path);
void known_free(struct known *k);

/*
 * Make warnings of the failures in @p that are known, and write to @f, a line each,
 * what is wrong with issues themselves as of @today ("2026-01-31"): one that has
 * expired, that names no point or check, or that nothing matches any more though
 * all it is about was judged; but what was flaky more than once may well be so again.
 * Returns how many.
 */
size_t known_apply(const struct known *k, struct plan *p, const char *today, FILE *f);

#endif
