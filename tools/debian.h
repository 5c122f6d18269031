/* SPDX-License-Identifier: GPL-2.0-only */
/* A source package's tarball from Debian's archive, by apt. */
#ifndef DEBIAN_H
#define DEBIAN_H

#include "project.h"

/*
 * Fetch the orig tarball of @source, "<package>=<version>" in @suite, to @to, through
 * the mirror that this machine's apt uses but with a private apt directory, so that its
 * sources and lists stay as they are; Debian's archive keyring verifies what comes.
 * When there is no way, *@why tells so (the caller's to free) and the result is ST_OK.
 */
int debian_fetch(const struct project *p, const char *source, const char *suite,
		 const char *to, char **why);

#endif
