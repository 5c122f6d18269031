/* SPDX-License-Identifier: GPL-2.0-only */
/* Why a make failed, when no complaint of a compiler says so. */
#ifndef MAKELOG_H
#define MAKELOG_H

/*
 * The line of @log that puts the blame on the machine (no space, no memory, a
 * missing tool) and not on what was built; NULL when there is none.  The caller
 * frees.
 */
char *makelog_machine(const char *log);

/* The first line in which make itself gives a reason; the caller frees. */
char *makelog_why(const char *log);

#endif
