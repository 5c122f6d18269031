// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <sqlite3.h>
#include <stddef.h>

#include "db.h"
#include "status.h"

/* What to do about it, as far as SQLite tells. */
static const char *way_out(sqlite3 *db)
{
	switch (sqlite3_errcode(db)) {
	case SQLITE_FULL:
		return "; make room and run again";
	case SQLITE_IOERR:
		return sqlite3_system_errno(db) == ENOSPC ? ": no space; make room and run again" : "";
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return "; remove it, as it is damaged, and all is asked again";
	default:
		return "";
	}
}

int db_error(sqlite3 *db)
{
	return fail(ST_INFRA, "the store %s: %s%s", sqlite3_db_filename(db, "main"),
		    sqlite3_errmsg(db), way_out(db));
}

int db_run(sqlite3 *db, const char *sql)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL) ? db_error(db) : ST_OK;
}

int db_end(sqlite3 *db, int err)
{
	int ended = sqlite3_exec(db, err ? "ROLLBACK" : "COMMIT", NULL, NULL, NULL);

	return ended && !err ? db_error(db) : err;
}

sqlite3_stmt *db_prepare(sqlite3 *db, const char *sql, const char *a, const char *b)
{
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL))
		return NULL;
	if (a)
		sqlite3_bind_text(s, 1, a, -1, SQLITE_TRANSIENT);
	if (b)
		sqlite3_bind_text(s, 2, b, -1, SQLITE_TRANSIENT);
	return s;
}

int db_done(sqlite3 *db, sqlite3_stmt *s, int got, int want)
{
	int err = got == want ? ST_OK : db_error(db);

	sqlite3_finalize(s);
	return err;
}
