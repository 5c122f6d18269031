// SPDX-License-Identifier: GPL-2.0-only
#include <sqlite3.h>
#include <stdlib.h>
#include <time.h>

#include "db.h"
#include "mem.h"
#include "status.h"
#include "store.h"

/* Another run may be writing: how long to wait for it, in milliseconds. */
#define PATIENCE 10000

struct store {
	sqlite3 *db;
};

static const char schema[] =
	"PRAGMA journal_mode=WAL;"
	"CREATE TABLE IF NOT EXISTS verdict ("
	" key TEXT PRIMARY KEY, point TEXT NOT NULL, name TEXT NOT NULL,"
	" kind INTEGER NOT NULL, failure INTEGER NOT NULL, text TEXT NOT NULL,"
	" seconds REAL NOT NULL, origin TEXT, time INTEGER NOT NULL);"
	"CREATE INDEX IF NOT EXISTS verdict_of ON verdict (point, name, time);"
	"CREATE TABLE IF NOT EXISTS component ("
	" key TEXT NOT NULL, nr INTEGER NOT NULL, name TEXT NOT NULL,"
	" value TEXT NOT NULL, PRIMARY KEY (key, nr));"
	"CREATE TABLE IF NOT EXISTS flake ("
	" name TEXT NOT NULL, event TEXT NOT NULL, PRIMARY KEY (name, event));"
	"CREATE TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY, time INTEGER NOT NULL);";

int store_open(struct store **to, const char *path)
{
	struct store *st = xcalloc(1, sizeof(*st));

	*to = st;
	if (sqlite3_open(path, &st->db))
		return fail(ST_INFRA, "the store %s: %s", path, sqlite3_errmsg(st->db));
	sqlite3_busy_timeout(st->db, PATIENCE);
	return db_run(st->db, schema);
}

void store_close(struct store *st)
{
	if (!st)
		return;
	sqlite3_close(st->db);
	free(st);
}

static char *column(sqlite3_stmt *s, int i)
{
	const char *text = (const char *)sqlite3_column_text(s, i);

	return text ? xstrdup(text) : NULL;
}

struct sqlite3 *store_db(struct store *st)
{
	return st->db;
}

int store_get(struct store *st, const struct hash *h, struct verdict *v, bool *found)
{
	sqlite3_stmt *s = db_prepare(st->db, "SELECT kind, failure, text, seconds, origin"
				     " FROM verdict WHERE key = ?", h->hex, NULL);
	int got = s ? sqlite3_step(s) : SQLITE_ERROR;

	*v = (struct verdict){ 0 };
	*found = got == SQLITE_ROW;
	if (!*found)
		return db_done(st->db, s, got, SQLITE_DONE);
	v->kind = sqlite3_column_int(s, 0);
	v->failure = sqlite3_column_int(s, 1);
	v->text = column(s, 2);
	v->seconds = sqlite3_column_double(s, 3);
	v->from = column(s, 4);
	return db_done(st->db, s, got, SQLITE_ROW);
}

static int put_verdict(struct store *st, const struct hash *h, const char *point,
		       const char *check, const struct verdict *v)
{
	sqlite3_stmt *s = db_prepare(st->db, "INSERT OR REPLACE INTO verdict"
				     " (key, point, name, kind, failure, text, seconds, origin, time)"
				     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", h->hex, point);

	if (!s)
		return db_error(st->db);
	sqlite3_bind_text(s, 3, check, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int(s, 4, v->kind);
	sqlite3_bind_int(s, 5, v->failure);
	sqlite3_bind_text(s, 6, v->text, -1, SQLITE_TRANSIENT);
	sqlite3_bind_double(s, 7, v->seconds);
	sqlite3_bind_text(s, 8, v->from, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int64(s, 9, time(NULL));
	return db_done(st->db, s, sqlite3_step(s), SQLITE_DONE);
}

static int put_component(struct store *st, const struct hash *h, int nr,
			 const struct component *c)
{
	sqlite3_stmt *s = db_prepare(st->db, "INSERT OR REPLACE INTO component"
				     " (key, name, value, nr) VALUES (?, ?, ?, ?)",
				     h->hex, c->name);

	if (!s)
		return db_error(st->db);
	sqlite3_bind_text(s, 3, c->value, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int(s, 4, nr);
	return db_done(st->db, s, sqlite3_step(s), SQLITE_DONE);
}

static int put_event(struct store *st, const char *check, const char *event)
{
	sqlite3_stmt *s = db_prepare(st->db, "INSERT OR IGNORE INTO flake (name, event) VALUES (?, ?)",
				     check, event);

	return db_done(st->db, s, s ? sqlite3_step(s) : SQLITE_ERROR, SQLITE_DONE);
}

int store_put(struct store *st, const char *point, const char *check,
	      const struct key *k, const struct verdict *v)
{
	struct hash h;
	int err;

	key_hash(k, &h);
	err = db_run(st->db, "BEGIN IMMEDIATE");
	if (err)
		return err;
	err = put_verdict(st, &h, point, check, v);
	for (size_t i = 0; !err && i < k->n; i++)
		err = put_component(st, &h, i, &k->component[i]);
	if (!err && v->event)
		err = put_event(st, check, v->event);
	return db_end(st->db, err);
}

int store_last(struct store *st, const char *point, const char *check, struct key *k)
{
	sqlite3_stmt *s = db_prepare(st->db, "SELECT name, value FROM component WHERE key ="
				     " (SELECT key FROM verdict WHERE point = ? AND name = ?"
				     "  ORDER BY time DESC, rowid DESC LIMIT 1) ORDER BY nr",
				     point, check);
	int got = SQLITE_ERROR;

	*k = (struct key){ 0 };
	while (s && (got = sqlite3_step(s)) == SQLITE_ROW)
		key_add(k, (const char *)sqlite3_column_text(s, 0), "%s",
			(const char *)sqlite3_column_text(s, 1));
	return db_done(st->db, s, got, SQLITE_DONE);
}

int store_first_seen(struct store *st, const char *id, long long now, long long *when)
{
	sqlite3_stmt *s = db_prepare(st->db, "INSERT OR IGNORE INTO seen (id, time) VALUES (?, ?)",
				     id, NULL);
	int got, err;

	if (!s)
		return db_error(st->db);
	sqlite3_bind_int64(s, 2, now);
	err = db_done(st->db, s, sqlite3_step(s), SQLITE_DONE);
	if (err)
		return err;
	s = db_prepare(st->db, "SELECT time FROM seen WHERE id = ?", id, NULL);
	got = s ? sqlite3_step(s) : SQLITE_ERROR;
	*when = got == SQLITE_ROW ? sqlite3_column_int64(s, 0) : now;
	return db_done(st->db, s, got, SQLITE_ROW);
}

int store_seconds(struct store *st, const char *check, double *seconds)
{
	sqlite3_stmt *s = db_prepare(st->db, "SELECT coalesce((SELECT seconds FROM verdict"
				     " WHERE name = ?1 AND origin IS NULL ORDER BY seconds"
				     " LIMIT 1 OFFSET (SELECT (count(*) - 1) / 2 FROM verdict"
				     " WHERE name = ?1 AND origin IS NULL)), 0)", check, NULL);
	int got = s ? sqlite3_step(s) : SQLITE_ERROR;

	*seconds = got == SQLITE_ROW ? sqlite3_column_double(s, 0) : 0;
	return db_done(st->db, s, got, SQLITE_ROW);
}

int store_flakes(struct store *st, const char *check, size_t *n)
{
	sqlite3_stmt *s = db_prepare(st->db, "SELECT count(*) FROM flake WHERE name = ?", check, NULL);
	int got = s ? sqlite3_step(s) : SQLITE_ERROR;

	*n = got == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
	return db_done(st->db, s, got, SQLITE_ROW);
}
