/* SPDX-License-Identifier: GPL-2.0-only */
/* Commits become the files of a series again. */
#ifndef EXPORT_H
#define EXPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "git.h"
#include "project.h"

/*
 * Write the commits @parent..@tip of @repo as patches/<slug>/ and
 * series/<slug>/series, by git format-patch; a file that would be the same is
 * not touched, one that no longer belongs there goes.  ST_INPUT when the commits
 * are not a plain line that begins at @parent.
 */
int export_series(const struct project *p, const char *slug, const char *repo,
		  const struct oid *parent, const struct oid *tip);

/* Whether export_series() of the last @n commits of @tip would change nothing. */
int export_is_same(const struct project *p, const char *slug, const char *repo,
		   const struct oid *tip, size_t n, bool *same);

#endif
