// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "show.h"

/* Enough of a commit id to name it in a kernel repository. */
#define SHORT 12

static int slug_width(const struct stack *st)
{
	size_t width = strlen("series");

	for (size_t i = 0; i < st->n; i++)
		if (strlen(st->series[i].slug) > width)
			width = strlen(st->series[i].slug);
	return width;
}

static void show_series(const struct work *w, size_t i, int width)
{
	const struct series *s = &w->stack.series[i];
	const struct applied *a = &w->applied[i];
	bool carried = s->status == CARRIED;
	autofree char *version = xasprintf("v%d", s->version);
	autofree char *parts = s->status == IN_BASE ?
		xasprintf("%d", s->parts) :
		xasprintf("%zu/%d", s->files.n, s->parts);

	printf("%-*s  %-7s  %-7s  %-10s  %-*.*s  %7.1f\n", width, s->slug,
	       version, parts, series_status_name(s->status), SHORT, SHORT,
	       carried ? applied_tip(a)->commit.hex : "-", a->seconds);
}

void show_stack(const struct work *w, const char *slug)
{
	int width = slug_width(&w->stack);

	printf("%-*s  %-7s  %-7s  %-10s  %-*s  %7s\n", width, "series",
	       "version", "parts", "status", SHORT, "tip", "seconds");
	for (size_t i = 0; i < w->stack.n; i++)
		if (!slug || !strcmp(slug, w->stack.series[i].slug))
			show_series(w, i, width);
}
