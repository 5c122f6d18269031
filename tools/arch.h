/* SPDX-License-Identifier: GPL-2.0-only */
/* What kbuild has to be told about an architecture. */
#ifndef ARCH_H
#define ARCH_H

#include <stdbool.h>
#include <stddef.h>

struct arch {
	const char *name;	/* as our configurations call it */
	const char *source;	/* its directory in arch/, as a series' meta calls it */
	const char *kernel;	/* ARCH= */
	const char *cross;	/* CROSS_COMPILE= on another machine */
	const char *image;	/* what boots, in the object directory */
	bool selftests;		/* kselftests run on it; UML is for KUnit */
};

/*
 * The architecture of a configuration, which is called "<arch>" or
 * "<arch>-<variant>"; ST_INPUT when there is none of that name.
 */
int arch_of(const char *config, const struct arch **arch);

/* Whether the @len bytes at @name are a name of it: ours, or that of its source. */
bool arch_is(const struct arch *arch, const char *name, size_t len);

/* CROSS_COMPILE= on this machine: empty where its own compiler does. */
const char *arch_cross(const struct arch *arch);

/* The compiler for it on this machine; the caller frees. */
char *arch_cc(const struct arch *arch);

#endif
