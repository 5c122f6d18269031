// SPDX-License-Identifier: GPL-2.0-only
#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "db.h"
#include "mem.h"
#include "merge.h"
#include "status.h"

/* Whether a verdict of the table @t lasts, and how bad it is, for SQL; see plan.c. */
static char *lasting(const char *t)
{
	return xasprintf("(%s.kind <> %d AND %s.failure <> %d)", t, V_VOID, t, FAIL_INFRA);
}

static char *weight(const char *t)
{
	autofree char *lasts = lasting(t);

	return xasprintf("%s, %s.kind = %d, %s.kind = %d, %s.time, %s.text", lasts, t, V_FAIL,
			 t, V_FLAKY, t, t);
}

/* Say where both know of one question, but not the same. */
static int name_differences(sqlite3 *db)
{
	autofree char *here = lasting("v"), *there = lasting("o");
	autofree char *sql = xasprintf("SELECT v.point, v.name, v.kind, o.kind FROM main.verdict v"
				       " JOIN other.verdict o ON o.key = v.key"
				       " WHERE v.kind <> o.kind AND %s AND %s"
				       " ORDER BY v.point, v.name", here, there);
	sqlite3_stmt *s = db_prepare(db, sql, NULL, NULL);
	int got = SQLITE_ERROR;

	while (s && (got = sqlite3_step(s)) == SQLITE_ROW)
		notice("%s %s: %s here, but %s there", sqlite3_column_text(s, 0),
		       sqlite3_column_text(s, 1), verdict_name(sqlite3_column_int(s, 2)),
		       verdict_name(sqlite3_column_int(s, 3)));
	return db_done(db, s, got, SQLITE_DONE);
}

#define COLUMNS "key, point, name, kind, failure, text, seconds, origin, time"

static int take_verdicts(sqlite3 *db, size_t *taken)
{
	autofree char *mine = weight("verdict"), *theirs = weight("excluded");
	autofree char *sql = xasprintf("INSERT INTO main.verdict (" COLUMNS ")"
				       " SELECT " COLUMNS " FROM other.verdict WHERE true"
				       " ON CONFLICT (key) DO UPDATE SET point = excluded.point,"
				       " name = excluded.name, kind = excluded.kind,"
				       " failure = excluded.failure, text = excluded.text,"
				       " seconds = excluded.seconds, origin = excluded.origin,"
				       " time = excluded.time WHERE (%s) > (%s)", theirs, mine);
	int err = db_run(db, sql);

	*taken = err ? 0 : sqlite3_changes(db);
	return err;
}

static int count_verdicts(sqlite3 *db, size_t *n)
{
	sqlite3_stmt *s = db_prepare(db, "SELECT count(*) FROM other.verdict", NULL, NULL);
	int got = s ? sqlite3_step(s) : SQLITE_ERROR;

	*n = got == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
	return db_done(db, s, got, SQLITE_ROW);
}

static int take_all(sqlite3 *db, struct merged *m)
{
	static const char others[] =
		"INSERT OR IGNORE INTO main.component (key, nr, name, value)"
		" SELECT key, nr, name, value FROM other.component;"
		"INSERT OR IGNORE INTO main.flake (name, event)"
		" SELECT name, event FROM other.flake;"
		"INSERT INTO main.seen (id, time) SELECT id, time FROM other.seen WHERE true"
		" ON CONFLICT (id) DO UPDATE SET time = min(time, excluded.time);";
	int err;

	if ((err = count_verdicts(db, &m->verdicts)) || (err = name_differences(db)) ||
	    (err = take_verdicts(db, &m->taken)))
		return err;
	return db_run(db, others);
}

/* ATTACH would make a file that is not there, and wait for itself with our own. */
static int check_other(sqlite3 *db, const char *path)
{
	struct stat mine, other;

	if (stat(path, &other))
		return fail_errno(ST_INPUT, "the store %s", path);
	if (!stat(sqlite3_db_filename(db, "main"), &mine) &&
	    mine.st_dev == other.st_dev && mine.st_ino == other.st_ino)
		return fail(ST_USAGE, "%s is the store that others are merged into", path);
	return ST_OK;
}

static int attach(sqlite3 *db, const char *path)
{
	sqlite3_stmt *s = db_prepare(db, "ATTACH ? AS other", path, NULL);
	int got = s ? sqlite3_step(s) : SQLITE_ERROR;

	sqlite3_finalize(s);
	return got == SQLITE_DONE ? ST_OK :
	       fail(ST_INPUT, "%s is no store of verdicts: %s", path, sqlite3_errmsg(db));
}

/* What it says is one of what there is to say. */
static int check_kinds(sqlite3 *db, const char *path)
{
	autofree char *sql = xasprintf("SELECT count(*) FROM other.verdict WHERE"
				       " kind NOT BETWEEN %d AND %d OR failure NOT BETWEEN %d AND %d",
				       V_PASS, V_VOID, FAIL_NONE, FAIL_INFRA);
	sqlite3_stmt *s = db_prepare(db, sql, NULL, NULL);
	int got = s ? sqlite3_step(s) : SQLITE_ERROR;
	bool sound = got == SQLITE_ROW && !sqlite3_column_int(s, 0);
	int err = ST_OK;

	if (!sound)
		err = fail(ST_INPUT, "%s is no store of verdicts: %s", path, got == SQLITE_ROW ?
			   "it has some of no known kind" : sqlite3_errmsg(db));
	sqlite3_finalize(s);
	return err;
}

int merge_store(struct store *st, const char *path, struct merged *m)
{
	sqlite3 *db = store_db(st);
	int err;

	*m = (struct merged){ 0 };
	if ((err = check_other(db, path)) || (err = attach(db, path)) ||
	    (err = check_kinds(db, path)))
		return err;
	err = db_run(db, "BEGIN IMMEDIATE");
	if (!err)
		err = db_end(db, take_all(db, m));
	return err ? err : db_run(db, "DETACH other");
}
