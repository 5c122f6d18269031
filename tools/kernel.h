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
	const char **configs;
};

/*
 * What to build for @s in configuration @config, to be run on @machine (NULL: it is
 * not): with the tests of its series, at a tip with those of all series below it,
 * too, and at the base with all.  The caller calls kernel_done().
 */
void kernel_of(const struct subject *s, const char *config, const char *machine,
	       struct kernel *k);

/*
 * The same for the tip of a series, with the whole series as the one step from what
 * is below it.
 */
void kernel_of_series(const struct subject *s, const char *config, struct kernel *k);
void kernel_done(struct kernel *k);

/*
 * Whether the kernel of @s is run on @machine: on a special one only the base, and
 * series whose meta names it.
 */
bool kernel_runs_on(const struct subject *s, const char *machine);

/*
 * Whether the kselftests of @series are run on @machine: on those that the meta names,
 * or on all that are not special.
 */
bool kernel_tests_on(const struct subject *s, const struct series *series,
		     const char *machine);

/*
 * Whether @s is judged in @config.  The Arch of its meta has architectures as in
 * arch/, and "any": a series that is not about one is judged on those that are tried
 * first anyway, and on what else is named.
 */
bool kernel_about(const struct series *s, const char *config);

/* Whether the series of @s is; the base is judged in all, and variants judge tips alone. */
bool kernel_concerns(const struct subject *s, const char *config);

#endif
