/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * build/linux, the kernel work tree that belongs to the user.  It is a clone of
 * p->apply (remote "stack"), so plain git does in it what git does anywhere; the
 * program moves a branch there only while nobody has committed to it.
 */
#ifndef LINUX_H
#define LINUX_H

#include <stdbool.h>

#include "git.h"
#include "project.h"

/* Make it when it is not there, else fetch what p->apply has now. */
int linux_have(const struct project *p, const struct oid *base);

/* A local branch against the one of the same name in p->apply. */
struct branch {
	struct oid local;	/* empty: there is none */
	struct oid put;		/* where the program put it last */
	struct oid written;	/* what its patches were last written from, or half so */
	struct oid applied;	/* where it is in p->apply */
	bool current;		/* checked out now */
};

int linux_branch(const struct project *p, const char *name, struct branch *b);

/* Whether the user has committed to it since the program put it there. */
bool branch_has_work(const struct branch *b);

/*
 * Bring a branch without the user's work to where it is in p->apply, and the
 * files too when it is checked out.  *@moved is false when local changes of the
 * user's stand in the way; nothing is lost then.
 */
int linux_follow(const struct project *p, const char *name, bool *moved);

/*
 * Put the branch at b->applied when that has the same tree, so that files that
 * are checked out stay as they are; leave it otherwise.
 */
int linux_put_if_same(const struct project *p, const char *name,
		      const struct branch *b);

/* Remember that patches are written from b->local. */
int linux_note_written(const struct project *p, const char *name,
		       const struct branch *b);

/* Check the branch @name out; git's own words when it refuses. */
int linux_switch(const struct project *p, const char *name);

#endif
