/* SPDX-License-Identifier: GPL-2.0-only */
/* The report as pages: build/report/. */
#ifndef SITE_H
#define SITE_H

#include "outcome.h"

/*
 * Write @o as site_index() and a page for each point, in place of what is there, which
 * a reader may see gone for a moment.
 */
int site_write(const struct work *w, const struct outcome *o);

/* build/report/index.html; the caller frees. */
char *site_index(const struct project *p);

#endif
