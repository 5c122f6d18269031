/* SPDX-License-Identifier: GPL-2.0-only */
/* What kbuild has to be told about an architecture. */
#ifndef ARCH_H
#define ARCH_H

#include <stdbool.h>

struct arch {
	const char *name;	/* as our configurations call it */
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

/* CROSS_COMPILE= on this machine: empty where its own compiler does. */
const char *arch_cross(const struct arch *arch);

#endif
