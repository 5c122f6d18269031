// SPDX-License-Identifier: GPL-2.0-only
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"
#include "merge.h"
#include "status.h"
#include "t/test.h"

static char dir[] = "/tmp/merge_test.XXXXXX";

static char *place(const char *name)
{
	return xasprintf("%s/%s", dir, name);
}

static struct store *open_store(const char *name)
{
	autofree char *path = place(name);
	struct store *st;

	return store_open(&st, path) ? NULL : st;
}

/* Have the store @name know one more verdict, on the question @tree. */
static void put(const char *name, const char *tree, enum verdict_kind kind,
		enum failure failure)
{
	struct verdict v = { .event = kind == V_FLAKY ? xstrdup(tree) : NULL };
	struct store *st = open_store(name);
	struct key k = { 0 };

	key_add(&k, "tree", "%s", tree);
	verdict(&v, kind, failure, "%s of %s", verdict_name(kind), tree);
	check(st && !store_put(st, "series/1", "build", &k, &v), "a verdict is put");
	verdict_free(&v);
	key_free(&k);
	store_close(st);
}

static int merge(const char *into, const char *from, struct merged *m)
{
	autofree char *path = place(from);
	struct store *st = open_store(into);
	int err = st ? merge_store(st, path, m) : -1;

	store_close(st);
	return err;
}

static bool knows(const char *name, const char *tree, enum verdict_kind kind)
{
	struct store *st = open_store(name);
	struct verdict v = { 0 };
	struct key k = { 0 };
	struct hash h;
	bool found, good;

	key_add(&k, "tree", "%s", tree);
	key_hash(&k, &h);
	good = st && !store_get(st, &h, &v, &found) && found && v.kind == kind;
	verdict_free(&v);
	key_free(&k);
	store_close(st);
	return good;
}

static bool has_flakes(const char *name, size_t want)
{
	struct store *st = open_store(name);
	size_t n;
	bool good = st && !store_flakes(st, "build", &n) && n == want;

	store_close(st);
	return good;
}

static bool first_seen(const char *name, long long now, long long want)
{
	struct store *st = open_store(name);
	long long when;
	bool good = st && !store_first_seen(st, "a tree", now, &when) && when == want;

	store_close(st);
	return good;
}

/* Two machines, and what each has found out of the questions that both asked. */
static void fill(void)
{
	put("one", "one's", V_PASS, FAIL_NONE);
	put("two", "two's", V_FAIL, FAIL_TEST);
	put("one", "void here", V_VOID, FAIL_INFRA);
	put("two", "void here", V_PASS, FAIL_NONE);
	put("one", "void there", V_PASS, FAIL_NONE);
	put("two", "void there", V_VOID, FAIL_TEST);
	put("one", "fails here", V_FAIL, FAIL_TEST);
	put("two", "fails here", V_PASS, FAIL_NONE);
	put("one", "fails there", V_PASS, FAIL_NONE);
	put("two", "fails there", V_FAIL, FAIL_TEST);
	put("one", "flaky", V_FLAKY, FAIL_TIMEOUT);
	put("two", "flaky", V_PASS, FAIL_NONE);
	put("two", "flaky, too", V_FLAKY, FAIL_TIMEOUT);
	check(first_seen("one", 200, 200) && first_seen("two", 100, 100), "a tree is seen");
}

static void check_union(const char *name)
{
	check(knows(name, "one's", V_PASS) && knows(name, "two's", V_FAIL), "what either knows is known");
	check(knows(name, "void here", V_PASS) && knows(name, "void there", V_PASS),
	      "what proves nothing gives way");
	check(knows(name, "fails here", V_FAIL) && knows(name, "fails there", V_FAIL),
	      "a failure stays");
	check(knows(name, "flaky", V_FLAKY) && has_flakes(name, 2), "flakes are all counted");
	check(first_seen(name, 300, 100), "what was seen is seen as early");
}

static void test_union(void)
{
	struct merged m;

	check(!merge("both", "one", &m) && m.verdicts == 6 && m.taken == 6, "a store is taken over");
	check(!merge("both", "two", &m) && m.verdicts == 7 && m.taken == 4,
	      "and of the next what is new or says more");
	check(!merge("other way", "two", &m) && !merge("other way", "one", &m), "in either order");
	check_union("both");
	check_union("other way");
	check(!merge("both", "one", &m) && !m.taken && !merge("both", "two", &m) && !m.taken,
	      "nothing is taken twice");
	check(knows("two", "void there", V_VOID) && has_flakes("two", 1), "the others stay as they were");
}

static void test_refused(void)
{
	autofree char *text = place("text"), *strange = place("strange"), *old = place("old");
	struct merged m;
	sqlite3 *db;

	check(merge("both", "not there", &m) == ST_INPUT, "a store that is not there");
	check(merge("both", "both", &m) == ST_USAGE, "the store itself");
	file_write(text, "this is no database, whatever its name says ...", 40);
	check(merge("both", "text", &m) == ST_INPUT, "a file that is none");
	sqlite3_open(old, &db);
	sqlite3_exec(db, "CREATE TABLE other (key TEXT)", NULL, NULL, NULL);
	sqlite3_close(db);
	check(merge("both", "old", &m) == ST_INPUT, "a database of something else");
	put("strange", "strange", V_PASS, FAIL_NONE);
	sqlite3_open(strange, &db);
	sqlite3_exec(db, "UPDATE verdict SET kind = 99", NULL, NULL, NULL);
	sqlite3_close(db);
	check(merge("both", "strange", &m) == ST_INPUT, "a verdict of no kind");
	check_union("both");
}

int main(void)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	dup2(null, STDERR_FILENO);
	if (!mkdtemp(dir))
		return 1;
	fill();
	test_union();
	test_refused();
	tree_remove(dir);
	return test_end();
}
