// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"
#include "status.h"
#include "store.h"
#include "t/test.h"

static char dir[] = "/tmp/store_test.XXXXXX";

static struct store *open_here(void)
{
	autofree char *path = xasprintf("%s/store", dir);
	struct store *st;

	return store_open(&st, path) ? NULL : st;
}

static void make_key(struct key *k, const char *tree)
{
	*k = (struct key){ 0 };
	key_add(k, "tree", "%s", tree);
	key_add(k, "tool", "gcc %d", 12);
}

static int put(struct store *st, const char *tree, enum verdict_kind kind)
{
	struct verdict v = { 0 };
	struct key k;
	int err;

	make_key(&k, tree);
	verdict(&v, kind, FAIL_TEST, "said of %s", tree);
	v.seconds = 2;
	err = store_put(st, "series/1", "build", &k, &v);
	verdict_free(&v);
	key_free(&k);
	return err;
}

static bool known(struct store *st, const char *tree, enum verdict_kind kind)
{
	autofree char *text = xasprintf("said of %s", tree);
	struct verdict v;
	struct hash h;
	struct key k;
	bool found, good;

	make_key(&k, tree);
	key_hash(&k, &h);
	good = !store_get(st, &h, &v, &found) && found && v.kind == kind &&
	       v.failure == FAIL_TEST && !strcmp(v.text, text) && v.seconds == 2;
	verdict_free(&v);
	key_free(&k);
	return good;
}

static void test_keys(void)
{
	struct key a = { 0 }, b = { 0 };
	struct hash x, y;

	key_add(&a, "one", "1");
	key_add(&a, "two", "2");
	key_add(&b, "one", "1\ntwo=1:2");
	key_hash(&a, &x);
	key_hash(&b, &y);
	check(strcmp(x.hex, y.hex), "a value cannot play another component");
	key_free(&b);
	key_add(&b, "one", "1");
	key_add(&b, "two", "2");
	key_hash(&b, &y);
	check(!strcmp(x.hex, y.hex), "equal components are the same key");
	key_free(&a);
	key_free(&b);
}

static void files_hash(struct hash *h)
{
	struct key k = { 0 };

	key_add_files(&k, "files", dir);
	key_hash(&k, h);
	key_free(&k);
}

static void test_files(void)
{
	autofree char *path = xasprintf("%s/file", dir);
	struct hash before, after;

	file_write(path, "one", 3);
	files_hash(&before);
	file_write(path, "two", 3);
	files_hash(&after);
	check(strcmp(before.hex, after.hex), "another content of a file is another key");
	file_write(path, "one", 3);
	files_hash(&after);
	check(!strcmp(before.hex, after.hex), "the same content is the same key again");
	unlink(path);
}

static void put_seconds(struct store *st, const char *content, double seconds)
{
	struct verdict v = { .seconds = seconds };
	struct key k = { 0 };

	key_add(&k, "content", "%s", content);
	verdict(&v, V_PASS, FAIL_NONE, "good");
	check(!store_put(st, "series/1", "slow", &k, &v), "a verdict is stored");
	verdict_free(&v);
	key_free(&k);
}

static void test_last(struct store *st)
{
	struct key k;
	double seconds;
	long long when;

	check(!store_last(st, "series/1", "build", &k) && k.n == 2 &&
	      !strcmp(k.component[0].value, "two"), "the last verdict's components are kept");
	key_free(&k);
	check(!store_last(st, "series/1", "other", &k) && !k.n,
	      "a check that never ran has none");
	check(!store_seconds(st, "build", &seconds) && seconds == 2, "the time it took is known");
	put_seconds(st, "1", 900);
	put_seconds(st, "2", 4);
	put_seconds(st, "3", 5);
	check(!store_seconds(st, "slow", &seconds) && seconds == 5,
	      "one that began with nothing says little about the others");
	check(!store_seconds(st, "never", &seconds) && seconds == 0, "what never ran took no time");
	check(!store_first_seen(st, "tree", 5, &when) && when == 5, "a new tree is new now");
	check(!store_first_seen(st, "tree", 9, &when) && when == 5, "and keeps its time");
}

static void put_flake(struct store *st, const char *content, const char *event)
{
	struct verdict v = { .event = xstrdup(event) };
	struct key k = { 0 };

	key_add(&k, "content", "%s", content);
	verdict(&v, V_FLAKY, FAIL_TIMEOUT, "passed in the end");
	check(!store_put(st, "series/1", "console", &k, &v), "a flaky verdict is stored");
	verdict_free(&v);
	key_free(&k);
}

static void test_flakes(struct store *st)
{
	size_t n;

	put_flake(st, "1", "a");
	put_flake(st, "2", "a");
	check(!store_flakes(st, "console", &n) && n == 1, "two verdicts of one event are one flake");
	put_flake(st, "1", "b");
	check(!store_flakes(st, "console", &n) && n == 2, "two events are two, even of one verdict");
	check(!store_flakes(st, "build", &n) && n == 0, "another check has none");
}

/* Both write at the same time; neither may fail or lose a verdict. */
static void test_two_writers(void)
{
	char name[2][16];
	int status = 1;
	pid_t pid = fork();
	struct store *st = open_here();
	bool good = st;

	for (int i = 0; good && i < 50; i++) {
		snprintf(name[0], sizeof(name[0]), "%s%d", pid ? "p" : "c", i);
		good = !put(st, name[0], V_PASS);
	}
	if (!pid) {
		store_close(st);
		_exit(!good);
	}
	waitpid(pid, &status, 0);
	for (int i = 0; good && i < 50; i++) {
		snprintf(name[0], sizeof(name[0]), "p%d", i);
		snprintf(name[1], sizeof(name[1]), "c%d", i);
		good = known(st, name[0], V_PASS) && known(st, name[1], V_PASS);
	}
	check(good && !status, "two writers keep all their verdicts");
	store_close(st);
}

static void test_damaged(void)
{
	autofree char *path = xasprintf("%s/store", dir);
	struct store *st;

	tree_remove(dir);
	dir_make(dir);
	file_write(path, "this is no database, whatever its name says ...", 40);
	check(store_open(&st, path) == ST_INFRA, "a damaged store is an error that is said");
	store_close(st);
}

int main(void)
{
	struct store *st;

	if (!mkdtemp(dir))
		return 1;
	test_keys();
	test_files();
	st = open_here();
	check(st && !known(st, "one", V_PASS), "an empty store knows nothing");
	check(!put(st, "one", V_PASS) && known(st, "one", V_PASS), "what was put is known");
	check(!put(st, "two", V_FAIL) && known(st, "two", V_FAIL), "a failure, too");
	check(!put(st, "two", V_VOID) && known(st, "two", V_VOID), "a later verdict replaces it");
	store_close(st);
	st = open_here();
	check(st && known(st, "one", V_PASS), "it is known when the store is opened again");
	test_last(st);
	test_flakes(st);
	store_close(st);
	test_two_writers();
	test_damaged();
	tree_remove(dir);
	return test_end();
}
