// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "arch.h"
#include "boot.h"
#include "file.h"
#include "image.h"
#include "initramfs.h"
#include "launcher.h"
#include "mem.h"
#include "status.h"

/* @m is what @text says; with what starts it, when that is a launcher. */
static int add_launcher(const struct project *p, const char *machine, char **text)
{
	autofree char *before = *text;
	struct hash launcher;
	struct machine m;
	int err = machine_read(&m, p->root, machine);

	*text = NULL;
	if (!err && m.launcher)
		err = launcher_inputs(p, &m, &launcher);
	if (!err)
		*text = m.launcher ? xasprintf("%s %s", before, launcher.hex) : xstrdup(before);
	machine_free(&m);
	return err;
}

int boot_inputs(const struct project *p, const char *machine, struct hash *h)
{
	autofree char *file = xasprintf("%s/configs/machines/%s", p->root, machine);
	autofree char *init = xasprintf("%s/tools/guest/init.c", p->root);
	autofree char *all = NULL;
	struct hash a, b;
	int err = hash_file(file, &a);

	if (!err)
		err = hash_file(init, &b);
	if (err)
		return err;
	all = xasprintf("%s %s", a.hex, b.hex);
	err = add_launcher(p, machine, &all);
	if (!err)
		hash_data(all, strlen(all), h);
	return err;
}

static char *in(const char *dir, const char *name)
{
	return xasprintf("%s/%s", dir, name);
}

static int keep_text(const char *dir, const char *name, const char *text)
{
	autofree char *path = in(dir, name);

	return file_write(path, text, strlen(text));
}

/* "how" is written last: a guest without it is not kept. */
static int keep(const struct guest *g, const char *dir)
{
	autofree char *how = xasprintf("%d %d %.1f %d\n", g->status, g->timed_out, g->seconds,
					g->flooded);
	int err;

	if ((err = dir_make(dir)) || (err = keep_text(dir, "console", g->text)) ||
	    (err = keep_text(dir, "said", g->said)))
		return err;
	return keep_text(dir, "how", how);
}

static int read_text(const char *dir, const char *name, char **text)
{
	autofree char *path = in(dir, name);

	return file_read(path, text, NULL);
}

static int read_guest(struct guest *g, const char *dir)
{
	autofree char *how = NULL;
	int timed_out, flooded = 0, err;

	if ((err = read_text(dir, "console", &g->text)) ||
	    (err = read_text(dir, "said", &g->said)) || (err = read_text(dir, "how", &how)))
		return err;
	/* The last one was not there once. */
	if (sscanf(how, "%d %d %lf %d", &g->status, &timed_out, &g->seconds, &flooded) < 3)
		return fail(ST_INFRA, "%s/how is damaged; remove %s", dir, dir);
	g->timed_out = timed_out;
	g->flooded = flooded;
	return ST_OK;
}

/* The run before the one in @dir lies below it, with the time when it was put there. */
static int read_first(struct boot *b, const char *dir)
{
	autofree char *first = in(dir, "first");
	autofree char *how = in(first, "how");
	autofree char *when = NULL;
	int err;

	if (!file_exists(how))
		return ST_OK;
	if ((err = read_guest(&b->first, first)) || (err = read_text(first, "when", &when)))
		return err;
	b->event = xasprintf("%s %s", strrchr(dir, '/') + 1, when);
	b->kept = xasprintf("build/prove/boots%s/first/console", strrchr(dir, '/'));
	return ST_OK;
}

static int read_kept(struct boot *b, const char *dir)
{
	int err;

	if ((err = read_guest(&b->guest, dir)) || (err = read_text(dir, "point", &b->point)))
		return err;
	b->how = in(dir, "how");
	return read_first(b, dir);
}

static int put_aside(const struct guest *g, const char *dir)
{
	autofree char *first = in(dir, "first");
	autofree char *when = xasprintf("%lld", (long long)time(NULL));
	int err = dir_make(first);

	if (!err)
		err = keep_text(first, "when", when);
	return err ? err : keep(g, first);
}

/* How long KUnit and all tests may take on hardware. */
static unsigned int seconds_of(const struct machine *m, const struct booting *what)
{
	const struct selftests *tests = what->tests;
	unsigned int seconds = m->kunit;

	for (size_t i = 0; !what->limit && i < tests->n; i++)
		seconds += tests->test[i].seconds;
	return seconds;
}

/* The init for the architecture of @m's kernel. */
static int make_init(const struct project *p, const struct machine *m, const char *path)
{
	autofree char *cc = NULL;
	const struct arch *arch;
	int err = arch_of(m->config, &arch);

	if (err)
		return err;
	cc = arch_cc(arch);
	return initramfs_init(p->root, cc, path);
}

/* What @what asks of the machine beyond its file. */
static void ask_more(struct machine *m, const struct booting *what)
{
	if (what->words) {
		char *cmdline = xasprintf("%s %s", m->cmdline, what->words);

		free(m->cmdline);
		m->cmdline = cmdline;
	}
	if (what->limit) {
		m->boot = what->limit;
		m->kunit = 0;
	}
}

/* How the machine is started, as one digest. */
static int digest(const struct booting *what, struct hash *h)
{
	autofree char *all = NULL;
	int err = boot_inputs(what->project, what->machine, h);

	if (err || (!what->words && !what->run && !what->limit))
		return err;
	all = xasprintf("%s %u %u %s", h->hex, what->run, what->limit,
			what->words ? what->words : "");
	hash_data(all, strlen(all), h);
	return ST_OK;
}

/* Whoever wants a verdict when there is none has asked before (rerun.c). */
static int have_launcher(const struct project *p, struct machine *m)
{
	struct verdict v = { 0 };
	int err = launcher_have(p, m, &v);

	if (!err && v.kind != V_PASS)
		err = fail(ST_INFRA, "machine %s: %s", m->name, v.text);
	verdict_free(&v);
	return err;
}

static int run_now(const struct booting *what, const char *dir)
{
	const struct project *p = what->project;
	const struct selftests *tests = what->tests;
	autofree char *objects = image_dir(p, what->image);
	autofree char *kernel = in(objects, "image");
	autofree char *init = in(dir, "init");
	autofree char *initramfs = in(dir, "initramfs");
	struct guest g = { 0 };
	struct machine m;
	int err = machine_read(&m, p->root, what->machine);

	if (!err)
		err = have_launcher(p, &m);
	if (!err)
		ask_more(&m, what);
	if (!err)
		err = make_init(p, &m, init);
	if (!err)
		err = initramfs_write(initramfs, init, &m, objects, tests->test, tests->n);
	if (!err)
		err = guest_run(&g, &m, kernel, initramfs, seconds_of(&m, what));
	machine_free(&m);
	if (!err)
		err = keep_text(dir, "point", what->point);
	if (!err)
		err = keep(&g, dir);
	guest_free(&g);
	return err;
}

int boot_have(struct boot *b, const struct booting *what, bool more)
{
	autofree char *dir = NULL, *how = NULL;
	struct hash h;
	int err = digest(what, &h);

	*b = (struct boot){ 0 };
	if (err)
		return err;
	dir = xasprintf("%s/prove/boots/%s-%.16s-%.16s-%.16s", what->project->build,
			what->machine, what->image->hex, h.hex, what->tests->hash.hex);
	how = in(dir, "how");
	if (file_exists(how)) {
		err = read_kept(b, dir);
		if (err || !more || b->first.text)
			return err;
		err = tree_remove(how);
		if (!err)
			err = put_aside(&b->guest, dir);
		boot_free(b);
	}
	if (!err)
		err = dir_make(dir);
	if (!err)
		err = run_now(what, dir);
	return err ? err : read_kept(b, dir);
}

int boot_forget(const struct boot *b)
{
	return tree_remove(b->how);
}

void boot_free(struct boot *b)
{
	guest_free(&b->guest);
	guest_free(&b->first);
	free(b->point);
	free(b->event);
	free(b->kept);
	free(b->how);
	*b = (struct boot){ 0 };
}
