/* SPDX-License-Identifier: GPL-2.0-only */
/* The files that a patch touches, as they are before it and with it. */
#ifndef CHANGE_H
#define CHANGE_H

#include <stdbool.h>

#include "key.h"
#include "subject.h"

/* Whether @c is of a C file or a header, of whatever part of the tree. */
bool change_is_c(const struct change *c);

/* Add the content of all such files of the patch at @s, before it and with it. */
int change_key(const struct subject *s, struct key *k);

/* The id of @path as it is at @at, empty when it is not there. */
int change_blob(const struct subject *s, const struct point *at, const char *path,
		struct oid *blob);

/* Write @path, as it is at @at, into the file @to; *@there tells whether there is one. */
int change_put(const struct subject *s, const struct point *at, const char *path,
	       const char *to, bool *there);

#endif
