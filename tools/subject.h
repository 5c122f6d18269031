/* SPDX-License-Identifier: GPL-2.0-only */
/* What is judged: the points of the stack. */
#ifndef SUBJECT_H
#define SUBJECT_H

#include "work.h"

/* A point, and where it comes from. */
struct subject {
	char *name;			/* "base", or "<slug>/<nr>" */
	const struct work *work;
	const struct series *series;	/* NULL at the base */
	const struct patch *patch;	/* NULL at the base */
	size_t nr;			/* of the patch, from 1; 0 at the base */
	bool tip;			/* the last point of a series, or the base alone */
	bool top;			/* the last point of all */
	struct point at;
	struct point parent;		/* at itself at the base */
	bool bare;			/* its guest runs no kselftests */
	const char *words;		/* more for the kernel's command line, or NULL */
	unsigned int run;		/* 0, or which of several runs of its guest this is */
	unsigned int limit;		/* seconds for its guest, boot and all; 0: what it needs */
};

struct subjects {
	struct subject *subject;
	size_t n;
};

/* The base and every point of the applied stack, bottom first. */
void subjects_of(const struct work *w, struct subjects *all);
void subjects_free(struct subjects *all);

#endif
