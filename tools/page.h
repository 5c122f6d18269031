/* SPDX-License-Identifier: GPL-2.0-only */
/* What the pages of the report have in common. */
#ifndef PAGE_H
#define PAGE_H

#include <stdio.h>

#include "grid.h"
#include "outcome.h"

/* All that there is to show. */
struct site {
	const struct work *work;
	const struct outcome *outcome;
	const struct grid *grid;
};

/* The style sheet that all pages share. */
extern const char page_style[];

/* A page up to the beginning of <body>, and from its end on. */
void page_begin(FILE *f, const char *title);
void page_end(FILE *f);

/* The page of a point, a file beside the others; the caller frees. */
char *page_of(const struct subject *s);

/* A cell of a table with the verdict of @j; linked to the page that says more if @link. */
void page_cell(FILE *f, const struct job *j, bool link);

/* The letter and the names of @j, linked to the page that says more. */
void page_link(FILE *f, const struct job *j);

/* "410 passed, 2 failed, 31 skipped" and so on, what there is none of left out. */
void page_tally(FILE *f, const struct tally *t);

/* What a table of checks is called: the configuration or machine, or "point". */
const char *page_place(const struct check *c);

#endif
