// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../console.h"
#include "../file.h"
#include "../guest.h"
#include "../ktap.h"
#include "../lock.h"
#include "../mem.h"
#include "../said.h"
#include "../stack.h"
#include "readers.h"

static const char meta[] = "Title: t\nVersion: 1\nParts: 3\nArch: any\nStatus: carried\n";

static char root[64];
static pid_t maker;

static void must(bool holds)
{
	if (!holds)
		abort();
}

/* A file of the project; fopen() and not file_write(), which waits for the disk. */
static void put(const char *name, const char *data, size_t len)
{
	autofree char *path = xasprintf("%s/%s", root, name);
	FILE *f = fopen(path, "we");

	must(f && fwrite(data, 1, len, f) == len && !fclose(f));
}

static void put_text(const char *name, const char *text)
{
	put(name, text, strlen(text));
}

static char *get(const char *name)
{
	autofree char *path = xasprintf("%s/%s", root, name);
	size_t len;
	char *text;

	must(!file_read(path, &text, &len));
	return text;
}

static void clean_up(void)
{
	if (getpid() == maker)
		tree_remove(root);
}

void readers_begin(void)
{
	static const char *const dirs[] = { "series/a", "series/b", "patches/a" };
	const char *tmp = getenv("TMPDIR");

	snprintf(root, sizeof(root), "%.40s/readers.XXXXXX", tmp && *tmp ? tmp : "/tmp");
	must(mkdtemp(root));
	maker = getpid();
	atexit(clean_up);
	for (size_t i = 0; i < sizeof(dirs) / sizeof(*dirs); i++) {
		autofree char *path = xasprintf("%s/%s", root, dirs[i]);

		must(!dir_make(path));
	}
	put_text("series/order", "a\nb\n");
	put_text("series/a/meta", meta);
	put_text("series/b/meta", meta);
}

static void read_patch(const char *data, size_t len)
{
	autofree char *path = xasprintf("%s/patch", root);
	struct patch p;

	put("patch", data, len);
	if (!patch_read(&p, path)) {
		must(p.date && p.subject && p.body && p.nchange);
		for (size_t i = 0; i < p.nchange; i++) {
			const struct change *c = &p.change[i];

			must(c->old_path && c->new_path);
			for (size_t k = 0; k < c->nhunk; k++)
				must(c->hunk[k].text >= p.body &&
				     c->hunk[k].text + c->hunk[k].len <= p.data + len);
		}
	}
	patch_free(&p);
}

/* One file of the series "a", which is as it should be but for that. */
static void read_in_series(const char *name, const char *data, size_t len)
{
	autofree char *path = xasprintf("%s/%s", root, name);
	struct series s;

	put(name, data, len);
	if (!series_read(&s, root, "a"))
		must(s.title && s.parts > 0 && s.version > 0);
	series_free(&s);
	unlink(path);
}

static void read_series(const char *data, size_t len)
{
	read_in_series("series/a/series", data, len);
}

static void read_meta(const char *data, size_t len)
{
	read_in_series("series/a/meta", data, len);
	put_text("series/a/meta", meta);
}

static void read_order(const char *data, size_t len)
{
	struct stack st;

	put("series/order", data, len);
	if (!stack_read(&st, root))
		must(st.n == st.order.n);
	stack_free(&st);
}

/* What is read of a lock is what is written of it. */
static void read_lock(const char *data, size_t len)
{
	autofree char *path = xasprintf("%s/lock", root);
	struct lock l, again;

	put("lock", data, len);
	if (!lock_read(&l, path)) {
		must(!lock_write(&l, path) && !lock_read(&again, path));
		must(again.n == l.n && oid_equal(&again.parent, &l.parent));
		for (size_t i = 0; i < l.n; i++)
			must(oid_equal(&again.tree[i], &l.tree[i]) &&
			     !strcmp(again.patch[i], l.patch[i]));
		lock_free(&again);
	}
	lock_free(&l);
}

static void read_ktap(const char *data, size_t len)
{
	autofree char *text = xstrndup(data, len);
	struct ktap k;

	ktap_read(&k, text);
	must(!k.failed == !k.failure);
	ktap_free(&k);
}

/* What a build said is the same after it was kept in a file. */
static void read_log(const char *data, size_t len)
{
	autofree char *log = xasprintf("%s/log", root);
	autofree char *kept = xasprintf("%s/said", root);
	autofree char *one = NULL, *two = NULL;
	struct said said = { 0 }, again;

	put("log", data, len);
	must(!said_absorb(&said, log, root));
	must(!said_write(&said, kept));
	one = get("said");
	must(!said_read(&again, kept));
	must(!said_write(&again, kept));
	two = get("said");
	must(said.n == again.n && !strcmp(one, two));
	said_free(&again);
	said_free(&said);
}

static void read_console(const char *data, size_t len)
{
	struct guest g = { .text = xstrndup(data, len), .said = xstrdup("") };
	struct verdict v = { 0 };

	for (enum guest_part part = GUEST_CONSOLE; part <= GUEST_TESTS; part++) {
		guest_judge(&g, part, NULL, &v);
		must(v.text && (v.kind != V_PASS || v.failure == FAIL_NONE));
	}
	verdict_free(&v);
	guest_free(&g);
}

const struct reader readers[] = {
	{ "patch", read_patch },
	{ "series", read_series },
	{ "meta", read_meta },
	{ "order", read_order },
	{ "lock", read_lock },
	{ "ktap", read_ktap },
	{ "log", read_log },
	{ "console", read_console },
	{ NULL },
};

const struct reader *reader_find(const char *name)
{
	for (const struct reader *r = readers; r->name; r++)
		if (!strcmp(r->name, name))
			return r;
	return NULL;
}
