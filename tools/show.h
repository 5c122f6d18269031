/* SPDX-License-Identifier: GPL-2.0-only */
/* The stack as a table on standard output. */
#ifndef SHOW_H
#define SHOW_H

#include "work.h"

/* Print every series, or only the one called @slug when that is not NULL. */
void show_stack(const struct work *w, const char *slug);

#endif
