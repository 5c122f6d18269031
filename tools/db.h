/* SPDX-License-Identifier: GPL-2.0-only */
/* SQLite, with its errors said as this program says them. */
#ifndef DB_H
#define DB_H

struct sqlite3;
struct sqlite3_stmt;

/* Say what went wrong last; ST_INFRA. */
int db_error(struct sqlite3 *db);

/* Run statements that have no result. */
int db_run(struct sqlite3 *db, const char *sql);

/* End a transaction: keep it, or when there was the error @err, undo it and return that. */
int db_end(struct sqlite3 *db, int err);

/* Prepare @sql and bind @a and @b, unless NULL, to its first parameters; NULL when that fails. */
struct sqlite3_stmt *db_prepare(struct sqlite3 *db, const char *sql, const char *a,
				const char *b);

/* End a statement, which may be NULL: an error unless its last step @got is @want. */
int db_done(struct sqlite3 *db, struct sqlite3_stmt *s, int got, int want);

#endif
