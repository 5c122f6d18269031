/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An object directory of one configuration in the prover's kernel tree, kept warm
 * from commit to commit; builds in it come out the same bit for bit everywhere.
 */
#ifndef KBUILD_H
#define KBUILD_H

#include <stdbool.h>

#include "arch.h"
#include "ktree.h"
#include "said.h"

struct kbuild {
	const struct ktree *tree;
	const struct arch *arch;
	const char *config;	/* its name: configs/kernel/<config>.config */
	char *name;		/* of the directory, in the source directory */
	char *path;		/* of the directory */
	char *state;		/* of what is known about it; outside of it */
	bool llvm;		/* set after kbuild_open(): by clang, not by gcc */
	struct said said;	/* what its targets said, the last time each was made */
};

/*
 * A digest of the source that reads what builds print.  What was read by another is
 * not known any more.
 */
const char *kbuild_reader(void);

/*
 * Open the warm object directory for @config, or that called @beside it for what
 * must not disturb it (NULL: the warm one); made when it is not there.  Objects of
 * a make that was cut off and did not get to tell what was wrong with them are
 * removed.
 */
int kbuild_open(struct kbuild *k, const struct ktree *t, const char *config,
		const char *beside);
void kbuild_close(struct kbuild *k);

/*
 * Configure for the commit that is checked out: tinyconfig and @fragment on it;
 * nothing is done when neither that nor a Kconfig file has changed.  *@wrong is
 * NULL, or says what the configuration misses of the fragment or why there is
 * none; the caller frees.
 */
int kbuild_configure(struct kbuild *k, const char *fragment, char **wrong);

/* Take over the configuration of @from. */
int kbuild_configure_as(struct kbuild *k, const struct kbuild *from);

/*
 * Run make for @words, which are targets and variables, going on after errors.
 * Its output is kept in the file @log and taken into k->said.  *@status is that
 * of make.
 */
int kbuild_make(struct kbuild *k, const char *log, const char *const *words, int *status);

/* The fragment of a configuration and the options of @laid; the caller frees. */
int kbuild_fragment(const struct project *p, const char *config, const struct laid *laid,
		    size_t n, bool before, char **text);

#endif
