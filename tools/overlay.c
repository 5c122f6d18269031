// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "git.h"
#include "hold.h"
#include "mem.h"
#include "overlay.h"
#include "status.h"

#define KUNIT_DIR "lib/stack"
#define SELFTESTS_DIR "tools/testing/selftests/stack"

/* How far back a series' commits are looked for. */
#define HISTORY "-5000"

/* Lines that let the build see lib/stack/. */
static const struct hook {
	const char *file;
	const char *line;
} hooks[] = {
	{ "lib/Kconfig.debug", "source \"" KUNIT_DIR "/Kconfig\"\n" },
	{ "lib/Makefile", "obj-y += stack/\n" },
};

#define NHOOKS (sizeof(hooks) / sizeof(*hooks))

static char *in_tree(const struct overlay *o, const char *path)
{
	return xasprintf("%s/%s", o->tree, path);
}

int overlay_begin(struct overlay *o, const char *root, const char *tree)
{
	autofree char *makefile = xasprintf("%s/Makefile", tree);
	autofree char *kconfig = xasprintf("%s/%s", tree, hooks[0].file);
	int err;

	*o = (struct overlay){ .root = root, .tree = tree, .hold = -1 };
	if (!file_exists(makefile) || !file_exists(kconfig))
		return fail(ST_USAGE, "%s is no kernel tree (no Makefile with %s)",
			    tree, hooks[0].file);
	err = hold_take(makefile, tree, false, &o->hold);
	return err ? err : overlay_lift(o);
}

void overlay_end(struct overlay *o)
{
	if (o->hold >= 0)
		hold_release(o->hold);
	o->hold = -1;
}

static char *source_dir(const struct overlay *o, const char *kind, const char *slug)
{
	return xasprintf("%s/%s/%s", o->root, kind, slug);
}

bool overlay_has(const struct overlay *o, const char *slug)
{
	autofree char *kunit = source_dir(o, "kunit", slug);
	autofree char *selftests = source_dir(o, "selftests", slug);

	return dir_exists(kunit) || dir_exists(selftests);
}

static bool has_line(const char *text, const char *line)
{
	size_t len = strlen(line);

	for (const char *s = text; *s; s += strcspn(s, "\n"), s += *s == '\n')
		if (strcspn(s, "\n") == len && !strncmp(s, line, len))
			return true;
	return false;
}

int overlay_level(const struct overlay *o, const struct series *s, int *level)
{
	autofree char *subjects = NULL;
	int err;

	*level = 0;
	err = git_out(ST_USAGE, &subjects, o->tree, "log", HISTORY, "--format=%s", NULL);
	if (err)
		return fail(err, "%s has no history to find the level of %s in; give LEVEL=<patches applied>",
			    o->tree, s->slug);
	while ((size_t)*level < s->files.n && has_line(subjects, s->patch[*level].subject))
		++*level;
	return ST_OK;
}

/* CONFIG_STACK_LEVEL_TUN_BACKPRESSURE's last part. */
static char *upper(const char *slug)
{
	char *s = xstrdup(slug);

	for (char *c = s; *c; c++)
		*c = *c == '-' ? '_' : toupper((unsigned char)*c);
	return s;
}

char *overlay_config_at(const char *text, int level)
{
	char *out;
	size_t len;
	FILE *f = xmemstream(&out, &len);
	int from = 0;

	for (const char *s = text; *s; s += strcspn(s, "\n"), s += *s == '\n') {
		if (sscanf(s, "# from patch %d", &from) == 1)
			continue;
		if (level >= from)
			fprintf(f, "%.*s\n", (int)strcspn(s, "\n"), s);
		from = 0;
	}
	fclose(f);
	return out;
}

static int copy_file(const char *from, const char *to, bool config, int level)
{
	autofree char *text = NULL, *held = NULL;
	size_t len;
	int err = file_read(from, &text, &len);

	if (err)
		return err;
	if (!config)
		return file_write(to, text, len);
	held = overlay_config_at(text, level);
	return file_write(to, held, strlen(held));
}

/* The files of @from, not its directories (mutants, benchmarks), to @to. */
static int copy_dir(const char *from, const char *to, int level)
{
	char **names;
	size_t n;
	int err = dir_names(from, &names, &n);

	if (!err && n)
		err = dir_make(to);
	for (size_t i = 0; !err && i < n; i++) {
		autofree char *a = xasprintf("%s/%s", from, names[i]);
		autofree char *b = xasprintf("%s/%s", to, names[i]);

		if (!dir_exists(a))
			err = copy_file(a, b, !strcmp(names[i], ".kunitconfig"), level);
	}
	names_free(names, n);
	return err;
}

/* Append @text to a file of the tree, which may not be there yet. */
static int append(const struct overlay *o, const char *file, const char *text)
{
	autofree char *path = in_tree(o, file);
	autofree char *old = NULL, *new = NULL;

	if (file_exists(path)) {
		int err = file_read(path, &old, NULL);

		if (err || strstr(old, text))
			return err;
	}
	new = xasprintf("%s%s", old ? old : "", text);
	return file_write(path, new, strlen(new));
}

static int lay_kunit(const struct overlay *o, const char *slug, const char *from, int level)
{
	autofree char *to = xasprintf("%s/%s/%s", o->tree, KUNIT_DIR, slug);
	autofree char *name = upper(slug);
	autofree char *kconfig = xasprintf("config STACK_LEVEL_%s\n\tint\n\tdefault %d\n\nsource \"%s/%s/Kconfig\"\n\n",
					   name, level, KUNIT_DIR, slug);
	autofree char *makefile = xasprintf("obj-y += %s/\n", slug);
	int err = copy_dir(from, to, level);

	if (!err)
		err = append(o, KUNIT_DIR "/Kconfig", kconfig);
	if (!err)
		err = append(o, KUNIT_DIR "/Makefile", makefile);
	for (size_t i = 0; !err && i < NHOOKS; i++)
		err = append(o, hooks[i].file, hooks[i].line);
	return err;
}

int overlay_lay(const struct overlay *o, const char *slug, int level)
{
	autofree char *kunit = source_dir(o, "kunit", slug);
	autofree char *selftests = source_dir(o, "selftests", slug);
	autofree char *to = xasprintf("%s/%s/%s", o->tree, SELFTESTS_DIR, slug);
	int err = ST_OK;

	if (dir_exists(kunit))
		err = lay_kunit(o, slug, kunit, level);
	if (!err && dir_exists(selftests))
		err = copy_dir(selftests, to, level);
	return err;
}

static int unhook(const struct overlay *o, const struct hook *h)
{
	autofree char *path = in_tree(o, h->file);
	autofree char *text = NULL;
	size_t len = strlen(h->line);
	char *at;
	int err = file_read(path, &text, NULL);

	if (err)
		return err;
	at = strstr(text, h->line);
	if (!at || (at > text && at[-1] != '\n'))
		return ST_OK;
	memmove(at, at + len, strlen(at + len) + 1);
	return file_write(path, text, strlen(text));
}

int overlay_lift(const struct overlay *o)
{
	autofree char *kunit = in_tree(o, KUNIT_DIR);
	autofree char *selftests = in_tree(o, SELFTESTS_DIR);
	int err = ST_OK;

	for (size_t i = 0; !err && i < NHOOKS; i++)
		err = unhook(o, &hooks[i]);
	if (!err)
		err = tree_remove(kunit);
	return err ? err : tree_remove(selftests);
}
