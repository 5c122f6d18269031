/* SPDX-License-Identifier: GPL-2.0-only */
/* Which point of the stack a patch is that comes as a mail. */
#ifndef MAILED_H
#define MAILED_H

#include "subject.h"

struct mailed {
	const struct subject *point;	/* whose diff it has; NULL: of none */
	bool worded;			/* its subject and message are those of the point, too */
};

/*
 * Look for @mail, a patch as git format-patch or b4 write it, in @all.  Diffs are the
 * same by git-patch-id(1) --verbatim, wherever their hunks apply.  ST_INPUT when there
 * is no diff in it.
 */
int mailed_find(struct mailed *m, const struct subjects *all, const char *mail);

#endif
