/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rows that need no code: a meta's Evidence lines, held against the base.
 *
 *	Evidence: <part> present <path>: <text>
 *	Evidence: <part> absent <path>: <text>
 *
 * <text> stands in a line of the file, or in none.  Text of several lines (the
 * meta's continuation lines) is found in as many lines that follow each other.
 * The file has to be there for both, so a line and its opposite never both hold.
 */
#ifndef EVIDENCE_H
#define EVIDENCE_H

#include <stdbool.h>

#include "base.h"
#include "project.h"
#include "series.h"

/*
 * Check all evidence of @s.  ST_INPUT when a line is malformed or a part has
 * none, ST_FAILED when a line does not hold.
 */
int evidence_check(const struct project *p, const struct base *base,
		   const struct series *s);

/* Whether @text, of one or more lines, stands in @file as above. */
bool evidence_stands(const char *file, const char *text);

#endif
