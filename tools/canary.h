/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Canaries: defects that a check must find, to show that it can.  canaries/ holds
 * series and patches as the project does, each a series of one patch on the base
 * that plants something; canaries/expected says what has to come of it:
 *
 *	Canary: <name>
 *	Plant: <slug>			of the series
 *	Check: <question>		that has to find it, without "@<where>"
 *	On: <where>...			configurations or machines; all but variants and
 *					special machines if not given
 *	Words: <text>			more for the kernel's command line
 *	Limit: <seconds>		that the guest gets, boot and all
 *	Class: <failure class>		of the verdict, which fails or is void
 *	Says: <text>			that stands in the verdict
 */
#ifndef CANARY_H
#define CANARY_H

#include "check.h"
#include "series.h"

struct canary {
	const char *name;
	const char *check;
	const char *on;			/* NULL: wherever it is asked */
	const char *words;		/* NULL: none */
	unsigned int limit;		/* 0: none */
	const char *failure;
	const char *says;
	struct series series;
};

struct canaries {
	struct records records;
	struct canary *canary;
	size_t n;
};

/*
 * Read those under @root; a project may have none.  ST_INPUT when something is
 * malformed.  The caller calls canaries_free() in any case.
 */
int canaries_read(struct canaries *all, const char *root);
void canaries_free(struct canaries *all);

/* Whether @c is to be found by @check. */
bool canary_is_for(const struct canary *c, const struct check *check);

/* Whether @v is the verdict that @c has to come to. */
bool canary_is_found(const struct canary *c, const struct verdict *v);

#endif
