/* SPDX-License-Identifier: GPL-2.0-only */
/* One series as it lies in series/<slug>/ and patches/<slug>/. */
#ifndef SERIES_H
#define SERIES_H

#include "fields.h"
#include "list.h"
#include "lock.h"
#include "patch.h"

enum series_status {
	CARRIED,		/* its patches are applied */
	IN_BASE,		/* the base has it; the evidence says where */
	SUPERSEDED,		/* kept for `make range-diff`, not applied */
};

struct series {
	char *slug;
	struct fields meta;
	const char *title;
	enum series_status status;
	int version;		/* as posted: 7 for "[PATCH v7 ...]" */
	int parts;		/* as posted; patch[] may hold fewer yet */
	struct list files;	/* names in patches/<slug>/, in order */
	struct patch *patch;	/* one for each of them */
	char *cover;		/* its text, NULL when there is none */
	struct lock lock;
};

/*
 * [a-z0-9-], beginning with a letter or digit, 64 bytes at most; not "base" or
 * "stack", which are branches of their own.
 */
bool slug_valid(const char *slug);

/* Read and check everything about @slug under @root. */
int series_read(struct series *s, const char *root, const char *slug);
void series_free(struct series *s);

/*
 * Whether the meta says of patch @nr that it changes no object: a line
 * "Inert: <nr> objects".
 */
bool series_is_inert(const struct series *s, size_t nr);

/*
 * The kselftest that runs the same before patch @nr and with it, by a line
 * "Inert: <nr> test <slug>/<program>"; NULL when there is none.
 */
const char *series_inert_test(const struct series *s, size_t nr);

/*
 * The check that proves what patch @nr does to @file, which no build compiles: by a
 * line "Proof: <nr> <file>: <check>"; NULL when there is none.
 */
const char *series_proof(const struct series *s, size_t nr, const char *file);

const char *series_status_name(enum series_status status);

/* "series/<slug>/lock" and its like under @root; the caller frees. */
char *series_file(const char *root, const char *slug, const char *name);

#endif
