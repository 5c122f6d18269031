/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * hercules with our patches (tools/hercules/), built from the source package that
 * configs/hercules names.  It lies in the cache, for all clones.
 */
#ifndef HERCULES_H
#define HERCULES_H

#include "hash.h"
#include "project.h"

/* A digest of all that it is built from. */
int hercules_inputs(const struct project *p, struct hash *h);

/*
 * Have it at *@path, the caller's to free.  When it cannot be fetched or built here,
 * *@path is NULL and *@why, to be freed too, says so.
 */
int hercules_have(const struct project *p, char **path, char **why);

#endif
