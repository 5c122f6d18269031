/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Verdicts that are known, in SQLite with a write-ahead log: each is committed
 * when it is there, and several runs may share the file.
 */
#ifndef STORE_H
#define STORE_H

#include <stdbool.h>

#include "key.h"
#include "verdict.h"

struct store;

/* Open or make the store at @path.  ST_INFRA when that cannot be. */
int store_open(struct store **st, const char *path);
void store_close(struct store *st);

/* Its connection, for what is about whole stores. */
struct sqlite3 *store_db(struct store *st);

/* The verdict under @h: *@found tells whether there is one; @v is the caller's to free. */
int store_get(struct store *st, const struct hash *h, struct verdict *v, bool *found);

/*
 * Remember @v, and what it depended on, as the verdict of @check at @point; its event,
 * too, which stays when another verdict takes the place of this one.
 */
int store_put(struct store *st, const char *point, const char *check,
	      const struct key *k, const struct verdict *v);

/*
 * The components of the verdict of @check at @point that was stored last; none
 * when there never was one.  The caller calls key_free().
 */
int store_last(struct store *st, const char *point, const char *check, struct key *k);

/*
 * When the tree @id was seen for the first time, in seconds since 1970: @now for
 * one that is new, which is remembered.
 */
int store_first_seen(struct store *st, const char *id, long long now, long long *when);

/* In how many events @check was flaky, at whatever points. */
int store_flakes(struct store *st, const char *check, size_t *n);

/* The median seconds of @check over all its verdicts, 0 when there are none. */
int store_seconds(struct store *st, const char *check, double *seconds);

#endif
