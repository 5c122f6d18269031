/* SPDX-License-Identifier: GPL-2.0-only */
/* An outcome as lines of JSON (RFC 8259), a verdict each, for other programs. */
#ifndef JSON_H
#define JSON_H

#include "outcome.h"

/*
 * Print an object for each question, points from the bottom up, whose members
 * stack(1) lists; then one for each known issue that is wrong itself.
 */
void json(const struct outcome *o);

#endif
