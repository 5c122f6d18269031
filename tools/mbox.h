/* SPDX-License-Identifier: GPL-2.0-only */
/* A series as one mailbox, the way b4 expects to find it on a list. */
#ifndef MBOX_H
#define MBOX_H

#include "project.h"
#include "series.h"

/*
 * The mailbox of @s: the cover letter, then the patches as replies to it, with
 * Message-IDs that depend on slug, version and number only.  The caller frees
 * *@text.  @s has a patch at least.
 */
int mbox_text(const struct project *p, const struct series *s, char **text,
	      size_t *len);

/* build/mbox/<slug>.mbx; the caller frees. */
char *mbox_path(const struct project *p, const char *slug);

/* Write it there. */
int mbox_write(const struct project *p, const struct series *s);

#endif
