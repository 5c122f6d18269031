// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "debian.h"
#include "fields.h"
#include "file.h"
#include "hercules.h"
#include "mem.h"
#include "progress.h"
#include "run.h"
#include "status.h"

static const struct field_rule rules[] = {
	{ "Debian-Source", .required = true },
	{ "Debian-Suite", .required = true },
	{ "Sha256", .required = true },
	{ NULL },
};

static char *in(const struct project *p, const char *name)
{
	return xasprintf("%s/%s", p->root, name);
}

int hercules_inputs(const struct project *p, struct hash *h)
{
	static const char *const files[] = {
		"configs/hercules", "tools/hercules/build", "tools/hercules/esop.diff",
		"tools/hercules/console.diff",
	};
	char all[sizeof(files) / sizeof(*files) * HASH_LEN + 1] = "";

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		autofree char *path = in(p, files[i]);
		struct hash one;
		int err = hash_file(path, &one);

		if (err)
			return err;
		strcat(all, one.hex);
	}
	hash_data(all, strlen(all), h);
	return ST_OK;
}

static int is_whole(const char *tarball, const struct fields *fs, bool *whole)
{
	struct hash h;
	int err;

	*whole = false;
	if (!file_exists(tarball))
		return ST_OK;
	err = hash_file(tarball, &h);
	*whole = !err && !strcmp(h.hex, fields_get(fs, "Sha256"));
	return err;
}

/* What else would do. */
static void add_advice(char **why, const char *path)
{
	autofree char *first = *why;

	*why = xasprintf("%s\na tarball with the sha256 in configs/hercules is taken from %s, too",
			 first, path);
}

/* Debian's tarball at @path, which it may be already. */
static int fetch(const struct project *p, const struct fields *fs, const char *path, char **why)
{
	const char *source = fields_get(fs, "Debian-Source");
	bool whole;
	int err = is_whole(path, fs, &whole);

	if (err || whole)
		return err;
	err = debian_fetch(p, source, fields_get(fs, "Debian-Suite"), path, why);
	if (!err && !*why)
		err = is_whole(path, fs, &whole);
	if (!err && !*why && !whole)
		*why = xasprintf("the tarball of %s has another sha256 than configs/hercules says",
				 source);
	if (*why)
		add_advice(why, path);
	return err;
}

/* Whoever is first puts it in its place, from beside it and so in one piece. */
static int install(const char *from, const char *prefix, char **why)
{
	autofree char *beside = xasprintf("%s.%d", prefix, getpid());
	autofree char *program = xasprintf("%s/bin/hercules", prefix);
	struct run r = { .argv = (const char *[]){ "mv", "-T", from, beside, NULL } };
	int err = run(&r);

	if (!err && r.status)
		*why = xstrdup(run_why(&r));
	else if (!err && rename(beside, prefix) && !file_exists(program))
		*why = xasprintf("%s: %s", prefix, strerror(errno));
	run_free(&r);
	tree_remove(beside);
	return err;
}

static int build(const struct project *p, const char *tarball, const char *prefix, char **why)
{
	autofree char *script = in(p, "tools/hercules/build");
	autofree char *dir = NULL, *made = NULL;
	struct run r = { .argv = (const char *[]){ script, tarball, prefix, NULL } };
	int err = project_tmp(p, "hercules", &dir);

	if (err)
		return err;
	r.dir = dir;
	made = xasprintf("%s/root%s", dir, prefix);
	err = run(&r);
	if (!err && r.status)
		*why = xasprintf("the build ended with status %d: %s", r.status, run_why(&r));
	run_free(&r);
	if (!err && !*why)
		err = install(made, prefix, why);
	tree_remove(dir);
	return err;
}

static int make(const struct project *p, const char *prefix, char **why)
{
	autofree char *configs = in(p, "configs/hercules");
	autofree char *tarball = xasprintf("%s/hercules.orig.tar.gz", p->cache);
	struct fields fs;
	int err = fields_read(&fs, configs, rules);

	if (!err)
		err = space_check(p->cache, 100, "hercules");
	if (!err)
		err = fetch(p, &fs, tarball, why);
	if (!err && !*why)
		err = build(p, tarball, prefix, why);
	fields_free(&fs);
	return err;
}

/* It is asked for often, and what cannot be had is not tried again while we run. */
static char *failed;

static int make_once(const struct project *p, const char *prefix, char **why)
{
	int err = ST_OK;

	if (!failed) {
		progress_begin("build hercules");
		err = make(p, prefix, &failed);
		progress_end();
	}
	if (!err && failed)
		*why = xstrdup(failed);
	return err;
}

int hercules_have(const struct project *p, char **path, char **why)
{
	autofree char *prefix = NULL, *program = NULL;
	struct hash h;
	int err = hercules_inputs(p, &h);

	*path = *why = NULL;
	if (err)
		return err;
	prefix = xasprintf("%s/hercules-%.16s", p->cache, h.hex);
	program = xasprintf("%s/bin/hercules", prefix);
	if (!file_exists(program))
		err = make_once(p, prefix, why);
	if (!err && !*why)
		*path = xstrdup(program);
	return err;
}
