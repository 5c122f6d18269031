/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * W=1 and sparse on the objects that a patch touches, in an object directory
 * beside the warm one: the stricter flags would have everything built again there.
 */
#ifndef TOUCHED_H
#define TOUCHED_H

#include "kbuild.h"
#include "users.h"

/*
 * Compile the objects of @us with W=1 C=1, in what is checked out and configured
 * as @k is, and put what each said into @said.  Without sparse only W=1 is run and
 * nothing is marked as checked.
 */
int touched_run(const struct kbuild *k, const struct users *us, const char *log,
		struct said *said);

#endif
