// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "list.h"
#include "mem.h"
#include "outside.h"
#include "progress.h"
#include "script.h"
#include "status.h"

static char *file_of(const char *root, const char *slug, const char *name)
{
	return xasprintf("%s/selftests/%s/%s", root, slug, name);
}

/* "<script> <seconds>": how long the name is, 0 when it is something else. */
static size_t parse(const char *line, unsigned int *seconds)
{
	size_t len = strcspn(line, " ");
	int end = 0;

	if (sscanf(line + len, " %u%n", seconds, &end) != 1 || !*seconds || line[len + end])
		return 0;
	return len;
}

static bool is_line(const char *line)
{
	unsigned int seconds;

	return parse(line, &seconds);
}

bool outside_has(const char *root, const char *slug)
{
	autofree char *path = file_of(root, slug, "outside");

	return file_exists(path);
}

int outside_key(const char *root, const char *slug, struct key *k)
{
	autofree char *dir = file_of(root, slug, "");
	char **names;
	size_t n;
	int err = dir_names(dir, &names, &n);

	for (size_t i = 0; !err && i < n; i++) {
		autofree char *path = file_of(root, slug, names[i]);
		autofree char *called = xasprintf("%s/%s", slug, names[i]);

		if (strcmp(names[i], "mutants"))
			err = key_add_files(k, called, path);
	}
	names_free(names, n);
	return err;
}

/* One script; what passed is added to @passed. */
static int run_one(const struct held *h, const char *slug, int level, const char *line,
		   unsigned int *passed, struct verdict *v)
{
	unsigned int seconds, n = 0;
	size_t len = parse(line, &seconds);
	autofree char *name = xstrndup(line, len);
	autofree char *path = file_of(h->tree.project->root, slug, name);
	autofree char *nr = xasprintf("%d", level);
	autofree char *step = xasprintf("%s/%s", slug, name);
	int err;

	if (!file_exists(path))
		return fail(ST_INPUT, "%s is not there, but selftests/%s/outside names it", path,
			    slug);
	progress_begin(step);
	err = script_run(h->tree.project->build, (const char *[]){ path, h->kbuild.path, nr,
			 h->tree.path, NULL }, seconds, v);
	progress_end();
	if (!err && v->kind == V_PASS) {
		sscanf(v->text, "%u", &n);
		*passed += n;
	} else if (!err) {
		autofree char *text = xstrdup(v->text);

		verdict(v, v->kind, v->failure, "%s: %s", name, text);
	}
	return err;
}

static int run_list(const struct held *h, const char *slug, int level, const char *only,
		    struct verdict *v)
{
	autofree char *path = file_of(h->tree.project->root, slug, "outside");
	unsigned int passed = 0, seconds;
	struct list lines;
	int err = list_read(&lines, path, is_line, "\"<script> <seconds>\"");

	verdict(v, V_PASS, FAIL_NONE, "nothing yet");
	for (size_t i = 0; !err && v->kind == V_PASS && i < lines.n; i++) {
		size_t len = parse(lines.name[i], &seconds);

		if (!only || (strlen(only) == len && !strncmp(only, lines.name[i], len)))
			err = run_one(h, slug, level, lines.name[i], &passed, v);
	}
	list_free(&lines);
	if (err || v->kind != V_PASS)
		return err;
	if (!passed)
		return verdict(v, V_VOID, FAIL_TEST, "no test ran");
	return verdict(v, V_PASS, FAIL_NONE, "%u passed", passed);
}

int outside_run(const struct kbuild_point *pt, const char *slug, int level,
		const char *only, struct verdict *v)
{
	struct held h;
	int err = built_hold(pt, &h);

	if (!err && h.now.made != MADE)
		verdict(v, V_VOID, FAIL_BUILD, "there is no kernel to look at:\n%s", h.now.why);
	else if (!err)
		err = run_list(&h, slug, level, only, v);
	built_let_go(&h);
	return err;
}
