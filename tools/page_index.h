/* SPDX-License-Identifier: GPL-2.0-only */
/* The first page of the report: what is not well, and all points by all checks. */
#ifndef PAGE_INDEX_H
#define PAGE_INDEX_H

#include "page.h"

void page_index(FILE *f, const struct site *s);

#endif
