// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "git.h"
#include "hold.h"
#include "list.h"
#include "mem.h"
#include "overlay.h"
#include "status.h"

#define KUNIT_DIR "lib/stack"
#define SELFTESTS_DIR "tools/testing/selftests/stack"

/* In each directory that is ours: one without it belongs to the tree. */
#define MARK ".laid-by-stack"

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
	if (!config) {
		err = file_write(to, text, len);
		if (!err && !access(from, X_OK) && chmod(to, 0755))
			err = fail_errno(ST_INFRA, "%s", to);
		return err;
	}
	held = overlay_config_at(text, level);
	return file_write(to, held, strlen(held));
}

/* Make a directory of ours, marked before anything else is in it. */
static int dir_mark(const struct overlay *o, const char *path)
{
	autofree char *dir = in_tree(o, path);
	autofree char *mark = xasprintf("%s/" MARK, dir);
	int err = dir_make(dir);

	return err ? err : file_write(mark, "", 0);
}

/* Whether a directory is ours, or was to be when a run was killed. */
static int check_mark(const char *dir)
{
	struct list in;
	int err = dir_names(dir, &in.name, &in.n);
	bool ours = !in.n || list_has(&in, MARK);

	names_free(in.name, in.n);
	if (err || ours)
		return err;
	return fail(ST_USAGE, "%s is the tree's own, where tests are laid here; move it away", dir);
}

/* The files of @from, not its directories, to @to. */
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

/*
 * Append @text to a file of the tree, which may not be there yet.  A file that
 * does not end in a newline is not made to: cut() has to give it back as it was.
 */
static int append(const struct overlay *o, const char *file, const char *text)
{
	autofree char *path = in_tree(o, file);
	autofree char *old = NULL, *new = NULL;

	if (file_exists(path)) {
		int err = file_read(path, &old, NULL);

		if (err || strstr(old, text))
			return err;
	}
	if (old && *old && old[strlen(old) - 1] != '\n')
		new = xasprintf("%s\n%.*s", old, (int)strlen(text) - 1, text);
	else
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
	int err = dir_mark(o, KUNIT_DIR);

	if (!err)
		err = copy_dir(from, to, level);
	if (!err)
		err = append(o, KUNIT_DIR "/Kconfig", kconfig);
	if (!err)
		err = append(o, KUNIT_DIR "/Makefile", makefile);
	for (size_t i = 0; !err && i < NHOOKS; i++)
		err = append(o, hooks[i].file, hooks[i].line);
	return err;
}

/* What CONFIG_STACK_LEVEL_<SLUG> is to a KUnit suite, for programs. */
static int tell_level(const struct overlay *o, const char *slug, int level)
{
	autofree char *name = upper(slug);
	autofree char *line = xasprintf("#define STACK_LEVEL_%s %d\n", name, level);

	return append(o, SELFTESTS_DIR "/level.h", line);
}

int overlay_lay(const struct overlay *o, const char *slug, int level)
{
	autofree char *kunit = source_dir(o, "kunit", slug);
	autofree char *selftests = source_dir(o, "selftests", slug);
	autofree char *bench = xasprintf("%s/bench", selftests);
	autofree char *to = xasprintf("%s/%s/%s", o->tree, SELFTESTS_DIR, slug);
	autofree char *to_bench = xasprintf("%s/bench", to);
	int err = ST_OK;

	if (dir_exists(kunit))
		err = lay_kunit(o, slug, kunit, level);
	if (err || !dir_exists(selftests))
		return err;
	err = dir_mark(o, SELFTESTS_DIR);
	if (!err)
		err = copy_dir(selftests, to, level);
	if (!err)
		err = copy_dir(bench, to_bench, level);
	return err ? err : tell_level(o, slug, level);
}

/* Take out a line that append() put in; false when it is not there. */
static bool cut(char *text, const char *line)
{
	size_t len = strlen(line), all = strlen(text);

	for (char *at = text; (at = strstr(at, line)); at++) {
		if (at > text && at[-1] != '\n')
			continue;
		memmove(at, at + len, strlen(at + len) + 1);
		return true;
	}
	if (all < len || text[all - len] != '\n' ||
	    strncmp(text + all - len + 1, line, len - 1))
		return false;
	text[all - len] = '\0';
	return true;
}

static int unhook(const struct overlay *o, const struct hook *h)
{
	autofree char *path = in_tree(o, h->file);
	autofree char *text = NULL;
	int err = file_read(path, &text, NULL);

	if (err || !cut(text, h->line))
		return err;
	return file_write(path, text, strlen(text));
}

int overlay_lift(const struct overlay *o)
{
	autofree char *kunit = in_tree(o, KUNIT_DIR);
	autofree char *selftests = in_tree(o, SELFTESTS_DIR);
	int err = check_mark(kunit);

	if (!err)
		err = check_mark(selftests);
	for (size_t i = 0; !err && i < NHOOKS; i++)
		err = unhook(o, &hooks[i]);
	if (!err)
		err = tree_remove(kunit);
	return err ? err : tree_remove(selftests);
}
