// SPDX-License-Identifier: GPL-2.0-only
#include <sqlite3.h>
#include <stdlib.h>
#include <time.h>

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

static int broken(struct store *st)
{
	return fail(ST_INFRA, "the store %s: %s", sqlite3_db_filename(st->db, "main"),
		    sqlite3_errmsg(st->db));
}

int store_open(struct store **to, const char *path)
{
	struct store *st = xcalloc(1, sizeof(*st));
	int err = ST_OK;

	*to = st;
	if (sqlite3_open(path, &st->db) ||
	    sqlite3_busy_timeout(st->db, PATIENCE) ||
	    sqlite3_exec(st->db, schema, NULL, NULL, NULL))
		err = fail(ST_INFRA, "the store %s: %s; remove it if it is damaged",
			   path, sqlite3_errmsg(st->db));
	return err;
}

void store_close(struct store *st)
{
	if (!st)
		return;
	sqlite3_close(st->db);
	free(st);
}

/* Prepare @sql and bind @a, @b to its first parameters; NULL when that fails. */
static sqlite3_stmt *prepare(struct store *st, const char *sql, const char *a,
			     const char *b)
{
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(st->db, sql, -1, &s, NULL))
		return NULL;
	if (a)
		sqlite3_bind_text(s, 1, a, -1, SQLITE_TRANSIENT);
	if (b)
		sqlite3_bind_text(s, 2, b, -1, SQLITE_TRANSIENT);
	return s;
}

static char *column(sqlite3_stmt *s, int i)
{
	const char *text = (const char *)sqlite3_column_text(s, i);

	return text ? xstrdup(text) : NULL;
}

/* End a statement: an error of the store unless @got is @want. */
static int done(struct store *st, sqlite3_stmt *s, int got, int want)
{
	int err = got == want ? ST_OK : broken(st);

	sqlite3_finalize(s);
	return err;
}

int store_get(struct store *st, const struct hash *h, struct verdict *v, bool *found)
{
	sqlite3_stmt *s = prepare(st, "SELECT kind, failure, text, seconds, origin"
				  " FROM verdict WHERE key = ?", h->hex, NULL);
	int got = s ? sqlite3_step(s) : SQLITE_ERROR;

	*v = (struct verdict){ 0 };
	*found = got == SQLITE_ROW;
	if (!*found)
		return done(st, s, got, SQLITE_DONE);
	v->kind = sqlite3_column_int(s, 0);
	v->failure = sqlite3_column_int(s, 1);
	v->text = column(s, 2);
	v->seconds = sqlite3_column_double(s, 3);
	v->from = column(s, 4);
	return done(st, s, got, SQLITE_ROW);
}

static int put_verdict(struct store *st, const struct hash *h, const char *point,
		       const char *check, const struct verdict *v)
{
	sqlite3_stmt *s = prepare(st, "INSERT OR REPLACE INTO verdict"
				  " (key, point, name, kind, failure, text, seconds, origin, time)"
				  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", h->hex, point);

	if (!s)
		return broken(st);
	sqlite3_bind_text(s, 3, check, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int(s, 4, v->kind);
	sqlite3_bind_int(s, 5, v->failure);
	sqlite3_bind_text(s, 6, v->text, -1, SQLITE_TRANSIENT);
	sqlite3_bind_double(s, 7, v->seconds);
	sqlite3_bind_text(s, 8, v->from, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int64(s, 9, time(NULL));
	return done(st, s, sqlite3_step(s), SQLITE_DONE);
}

static int put_component(struct store *st, const struct hash *h, int nr,
			 const struct component *c)
{
	sqlite3_stmt *s = prepare(st, "INSERT OR REPLACE INTO component"
				  " (key, name, value, nr) VALUES (?, ?, ?, ?)",
				  h->hex, c->name);

	if (!s)
		return broken(st);
	sqlite3_bind_text(s, 3, c->value, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int(s, 4, nr);
	return done(st, s, sqlite3_step(s), SQLITE_DONE);
}

static int put_event(struct store *st, const char *check, const char *event)
{
	sqlite3_stmt *s = prepare(st, "INSERT OR IGNORE INTO flake (name, event) VALUES (?, ?)",
				  check, event);

	return s ? done(st, s, sqlite3_step(s), SQLITE_DONE) : broken(st);
}

int store_put(struct store *st, const char *point, const char *check,
	      const struct key *k, const struct verdict *v)
{
	struct hash h;
	int err;

	key_hash(k, &h);
	if (sqlite3_exec(st->db, "BEGIN IMMEDIATE", NULL, NULL, NULL))
		return broken(st);
	err = put_verdict(st, &h, point, check, v);
	for (size_t i = 0; !err && i < k->n; i++)
		err = put_component(st, &h, i, &k->component[i]);
	if (!err && v->event)
		err = put_event(st, check, v->event);
	if (sqlite3_exec(st->db, err ? "ROLLBACK" : "COMMIT", NULL, NULL, NULL) && !err)
		err = broken(st);
	return err;
}

int store_last(struct store *st, const char *point, const char *check, struct key *k)
{
	sqlite3_stmt *s = prepare(st, "SELECT name, value FROM component WHERE key ="
				  " (SELECT key FROM verdict WHERE point = ? AND name = ?"
				  "  ORDER BY time DESC, rowid DESC LIMIT 1) ORDER BY nr",
				  point, check);
	int got = SQLITE_ERROR;

	*k = (struct key){ 0 };
	while (s && (got = sqlite3_step(s)) == SQLITE_ROW)
		key_add(k, (const char *)sqlite3_column_text(s, 0), "%s",
			(const char *)sqlite3_column_text(s, 1));
	return done(st, s, got, SQLITE_DONE);
}

int store_first_seen(struct store *st, const char *id, long long now, long long *when)
{
	sqlite3_stmt *s = prepare(st, "INSERT OR IGNORE INTO seen (id, time) VALUES (?, ?)",
				  id, NULL);
	int got, err;

	if (!s)
		return broken(st);
	sqlite3_bind_int64(s, 2, now);
	err = done(st, s, sqlite3_step(s), SQLITE_DONE);
	if (err)
		return err;
	s = prepare(st, "SELECT time FROM seen WHERE id = ?", id, NULL);
	got = s ? sqlite3_step(s) : SQLITE_ERROR;
	*when = got == SQLITE_ROW ? sqlite3_column_int64(s, 0) : now;
	return done(st, s, got, SQLITE_ROW);
}

int store_seconds(struct store *st, const char *check, double *seconds)
{
	sqlite3_stmt *s = prepare(st, "SELECT coalesce((SELECT seconds FROM verdict"
				  " WHERE name = ?1 AND origin IS NULL ORDER BY seconds"
				  " LIMIT 1 OFFSET (SELECT (count(*) - 1) / 2 FROM verdict"
				  " WHERE name = ?1 AND origin IS NULL)), 0)", check, NULL);
	int got = s ? sqlite3_step(s) : SQLITE_ERROR;

	*seconds = got == SQLITE_ROW ? sqlite3_column_double(s, 0) : 0;
	return done(st, s, got, SQLITE_ROW);
}

int store_flakes(struct store *st, const char *check, size_t *n)
{
	sqlite3_stmt *s = prepare(st, "SELECT count(*) FROM flake WHERE name = ?", check, NULL);
	int got = s ? sqlite3_step(s) : SQLITE_ERROR;

	*n = got == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
	return done(st, s, got, SQLITE_ROW);
}
