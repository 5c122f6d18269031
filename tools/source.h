/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the kernel comes from; see "The pin" in README.md. */
#ifndef SOURCE_H
#define SOURCE_H

#include <stdbool.h>

#include "pin.h"
#include "project.h"

/* What the user said about it, from the environment. */
struct source {
	const char *tarball;	/* KERNEL_TARBALL: a file */
	const char *git;	/* KERNEL_GIT: a repository */
	const char *rev;	/* KERNEL_REV: what to take from it */
	bool any;		/* KERNEL_ANY: take it though it is not the pinned tree */
};

int source_given(struct source *src);

/*
 * A tarball of the pinned kernel: the cache's, or Debian's source package, or
 * kernel.org's.  *@path is the caller's to free.  ST_SOURCE when none can be had.
 */
int source_tarball(const struct project *p, const struct pin *pin, char **path);

#endif
