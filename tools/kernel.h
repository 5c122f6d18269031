/* SPDX-License-Identifier: GPL-2.0-only */
/* From a point of the stack to what is built and booted for it. */
#ifndef KERNEL_H
#define KERNEL_H

#include "built.h"
#include "subject.h"

/* A kbuild_point and what it points to. */
struct kernel {
	struct kbuild_point point;
	struct laid *laid;
	const char *configs[3];
};

/*
 * What to build for @s in configuration @config: with the tests of its series,
 * at a tip with those of all series below it, too, and at the base with all.
 * The caller calls kernel_done().
 */
void kernel_of(const struct subject *s, const char *config, struct kernel *k);
void kernel_done(struct kernel *k);

/* All configurations; ends with NULL. */
extern const char *const kernel_configs[];

/*
 * Whether the series of @s is about @config; the base is about all.  A project
 * without configs/kernel/ builds no kernels.
 */
bool kernel_concerns(const struct subject *s, const char *config);

#endif
