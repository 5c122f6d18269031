/* SPDX-License-Identifier: GPL-2.0-only */
/* The compilers and checkers of this machine. */
#ifndef TOOL_H
#define TOOL_H

#include <stdbool.h>

#include "arch.h"
#include "hash.h"

/* Whether a program of that name is in PATH, or there, when it is a path itself. */
bool tool_there(const char *name);

/*
 * What "<name> --version" prints, "" when it is missing; the caller frees.  Each
 * program is asked once.
 */
int tool_version(const char *name, char **text);

/* Everything that turns source into objects for @arch, by version. */
int toolchain(const struct arch *arch, struct hash *h);

/* The LLVM that clang and lld are taken from: LLVM= of the kernel's makefiles. */
#define LLVM "-19"

/* What they are, by version; the hash of nothing when they are missing. */
int llvm_tools(struct hash *h);

/* sparse by version; the hash of nothing when it is missing. */
int checker(struct hash *h);

#endif
