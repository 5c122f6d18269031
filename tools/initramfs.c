// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "cpio.h"
#include "initramfs.h"
#include "machine.h"
#include "mem.h"
#include "modules.h"
#include "run.h"
#include "status.h"

/* Entries and the strings that they point to. */
struct plan {
	struct cpio_entry *entry;
	size_t n;
	char **string;
	size_t nstrings;
};

int initramfs_init(const char *root, const char *cc, const char *path)
{
	autofree char *source = xasprintf("%s/tools/guest/init.c", root);
	const char *argv[] = {
		cc, "-static", "-Os", "-Wall", "-Wextra", "-o", path, source, NULL
	};
	struct run r = { .argv = argv };
	int err = run(&r);

	if (!err && r.status)
		err = fail(ST_INFRA, "cannot compile %s: %s", source, run_why(&r));
	run_free(&r);
	return err;
}

/* Have the plan own @string. */
static const char *own(struct plan *p, char *string)
{
	*array_more(p->string, p->nstrings) = string;
	p->nstrings++;
	return string;
}

static void put(struct plan *p, enum cpio_kind kind, const char *name,
		const char *from, unsigned int mode)
{
	*array_more(p->entry, p->n) = (struct cpio_entry){ kind, name, from, mode };
	p->n++;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void put_frame(struct plan *p, const char *init)
{
	static const char *const dirs[] = { "dev", "proc", "sys", "run", "tmp" };

	for (size_t i = 0; i < sizeof(dirs) / sizeof(*dirs); i++)
		put(p, CPIO_DIR, dirs[i], NULL, 0755);
	put(p, CPIO_CONSOLE, "dev/console", NULL, 0600);
	put(p, CPIO_FILE, "init", init, 0755);
}

static void put_modules(struct plan *p, const struct modules *mods)
{
	char *order;
	size_t len;
	FILE *f = xmemstream(&order, &len);

	put(p, CPIO_DIR, "modules", NULL, 0755);
	for (size_t i = 0; i < mods->n; i++) {
		const char *name = base_name(mods->path[i]);

		put(p, CPIO_FILE, own(p, xasprintf("modules/%s", name)),
		    own(p, xstrdup(mods->path[i])), 0644);
		fprintf(f, "%s\n", name);
	}
	fclose(f);
	put(p, CPIO_TEXT, "modules/order", own(p, order), 0644);
}

static void put_expects(struct plan *p, const struct words *w)
{
	char *text;
	size_t len;
	FILE *f = xmemstream(&text, &len);

	for (size_t i = 0; i < w->n; i++)
		fprintf(f, "%s\n", w->word[i]);
	fclose(f);
	put(p, CPIO_TEXT, "expects", own(p, text), 0644);
}

/* Each test has a directory of its own: programs of one name may meet. */
static void put_tests(struct plan *p, const struct machine *m,
		      const struct guest_test *test, size_t n)
{
	char *list;
	size_t len;
	FILE *f = xmemstream(&list, &len);

	for (size_t i = 0; i < n; i++) {
		const struct guest_test *t = &test[i];
		const char *dir = own(p, xasprintf("test%zu", i + 1));
		const char *file = own(p, xasprintf("%s/%s", dir, base_name(t->program)));

		put(p, CPIO_DIR, dir, NULL, 0755);
		put(p, CPIO_FILE, file, t->program, 0755);
		fprintf(f, "%s %u /%s %s\n", t->name, machine_seconds(m, t->seconds),
			file, t->args ? t->args : "");
	}
	fclose(f);
	put(p, CPIO_TEXT, "tests", own(p, list), 0644);
}

int initramfs_write(const char *path, const char *init, const struct machine *m,
		    const char *objects, const struct guest_test *test, size_t n)
{
	struct modules mods;
	struct plan p = { 0 };
	int err = modules_read(&mods, objects, m);

	if (!err) {
		put_frame(&p, init);
		put_modules(&p, &mods);
		put_expects(&p, &m->expects);
		put_tests(&p, m, test, n);
		err = cpio_write(path, p.entry, p.n);
	}
	for (size_t i = 0; i < p.nstrings; i++)
		free(p.string[i]);
	free(p.string);
	free(p.entry);
	modules_free(&mods);
	return err;
}
