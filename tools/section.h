/* SPDX-License-Identifier: GPL-2.0-only */
/* What an object does, apart from where in its source that stands. */
#ifndef SECTION_H
#define SECTION_H

#include "hash.h"

/*
 * The hash of all that the linker puts into a kernel: name, content and, by the
 * names of what they refer to, relocations of each allocated section.  Sections
 * that hold line numbers (__bug_table, __dyndbg) or are thrown away are left out,
 * as are debug information and the comment.  ST_INFRA when @path is no ELF file.
 */
int section_hash(const char *path, struct hash *h);

#endif
