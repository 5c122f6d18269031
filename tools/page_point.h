/* SPDX-License-Identifier: GPL-2.0-only */
/* The page of a point: its patch, and what each check found. */
#ifndef PAGE_POINT_H
#define PAGE_POINT_H

#include "page.h"

void page_point(FILE *f, const struct site *s, size_t row);

#endif
