/* SPDX-License-Identifier: GPL-2.0-only */
/* A kernel tarball becomes a commit, without ever being unpacked. */
#ifndef IMPORT_H
#define IMPORT_H

#include "git.h"
#include "pin.h"
#include "project.h"

/*
 * Read @tarball through libarchive and hand every file but those of
 * pin->left_out to git fast-import, as the base commit of p->repo.  The commit
 * is not yet named by a lasting ref.  ST_SOURCE when the tarball is truncated or
 * holds no kernel of pin->version (any version will do with @any).
 */
int import_tarball(const struct project *p, const struct pin *pin,
		   const char *tarball, bool any, struct oid *commit);

/* The headers of the base commit in fast-import's language; the caller frees. */
char *import_commit(const struct project *p, const struct pin *pin,
		    const char *ref);

/* "6.18.15" from the text of a kernel's Makefile, NULL when it is none; the caller frees. */
char *import_version(const char *makefile);

#endif
