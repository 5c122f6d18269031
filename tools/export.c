// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "export.h"
#include "file.h"
#include "mem.h"
#include "patch.h"
#include "series.h"
#include "status.h"

/* Patches of one series on their way from a directory of git's to ours. */
struct export {
	char *from;
	char *to;
	char **names;
	size_t n;
};

static void export_free(struct export *e)
{
	names_free(e->names, e->n);
	free(e->from);
	free(e->to);
}

static int check_line(const char *slug, const char *repo, const struct oid *parent,
		      const struct oid *tip)
{
	autofree char *range = xasprintf("%s..%s", parent->hex, tip->hex);
	autofree char *merges = NULL;
	bool on_parent = false;
	int err;

	err = git_try(&on_parent, repo, "merge-base", "--is-ancestor", parent->hex,
		      tip->hex, NULL);
	if (!err)
		err = git_out(ST_INFRA, &merges, repo, "rev-list", "--merges", range, NULL);
	if (err)
		return err;
	if (!on_parent)
		return fail(ST_INPUT, "branch %s in %s does not stand on what is below the series (%.12s); rebase it onto that, then run again",
			    slug, repo, parent->hex);
	if (*merges)
		return fail(ST_INPUT, "branch %s in %s holds the merge %.12s; a series is a plain line of commits",
			    slug, repo, merges);
	return ST_OK;
}

static int format(const struct project *p, const char *repo, const char *range,
		  struct export *e)
{
	int err = project_tmp(p, "export", &e->from);

	if (err)
		return err;
	err = git(ST_INFRA, repo, "format-patch", "--quiet", "--no-numbered",
		  "--zero-commit", "--full-index", "--no-signature", "--no-base",
		  "--no-attach", "--no-thread", "--no-add-header", "--no-to",
		  "--no-cc", "--no-signoff", "--no-from", "--no-notes", "--no-cover-letter", "--no-ext-diff",
		  "--subject-prefix=PATCH", "--stat-width=72", "--unified=3",
		  "--inter-hunk-context=0", "--find-renames", "-O/dev/null",
		  "--output-directory", e->from, range, NULL);
	return err ? err : dir_names(e->from, &e->names, &e->n);
}

/* What could not be read again must not take the place of what can be. */
static int check_patch(const struct export *e, const char *name)
{
	autofree char *path = xasprintf("%s/%s", e->from, name);
	struct patch patch;
	int err = patch_read(&patch, path);

	patch_free(&patch);
	return err;
}

static int copy_patch(const struct export *e, const char *name)
{
	autofree char *from = xasprintf("%s/%s", e->from, name);
	autofree char *to = xasprintf("%s/%s", e->to, name);
	autofree char *text = NULL;
	size_t len;
	int err = file_read(from, &text, &len);

	return err ? err : file_write(to, text, len);
}

static int remove_others(const struct export *e)
{
	struct list mine = { e->names, e->n };
	char **names;
	size_t n;
	int err = dir_names(e->to, &names, &n);

	for (size_t i = 0; !err && i < n; i++) {
		autofree char *path = xasprintf("%s/%s", e->to, names[i]);

		if (!list_has(&mine, names[i]))
			err = tree_remove(path);
	}
	names_free(names, n);
	return err;
}

static int write_list(const struct project *p, const char *slug, const struct export *e)
{
	autofree char *path = series_file(p->root, slug, "series");
	autofree char *text = NULL;
	size_t len;
	FILE *f = xmemstream(&text, &len);

	for (size_t i = 0; i < e->n; i++)
		fprintf(f, "%s\n", e->names[i]);
	fclose(f);
	return file_write(path, text, len);
}

int export_series(const struct project *p, const char *slug, const char *repo,
		  const struct oid *parent, const struct oid *tip)
{
	autofree char *range = xasprintf("%s..%s", parent->hex, tip->hex);
	struct export e = { .to = xasprintf("%s/patches/%s", p->root, slug) };
	int err;

	err = check_line(slug, repo, parent, tip);
	if (!err)
		err = format(p, repo, range, &e);
	for (size_t i = 0; !err && i < e.n; i++)
		err = check_patch(&e, e.names[i]);
	if (!err)
		err = dir_make(e.to);
	for (size_t i = 0; !err && i < e.n; i++)
		err = copy_patch(&e, e.names[i]);
	if (!err)
		err = write_list(p, slug, &e);
	if (!err)
		err = remove_others(&e);
	export_free(&e);
	return err;
}

static bool same_file(const struct export *e, const char *name)
{
	autofree char *a = xasprintf("%s/%s", e->from, name);
	autofree char *b = xasprintf("%s/%s", e->to, name);
	autofree char *x = NULL, *y = NULL;

	return file_exists(b) && !file_read(a, &x, NULL) &&
	       !file_read(b, &y, NULL) && !strcmp(x, y);
}

int export_is_same(const struct project *p, const char *slug, const char *repo,
		   const struct oid *tip, size_t n, bool *same)
{
	autofree char *parent = xasprintf("%s~%zu", tip->hex, n);
	autofree char *range = xasprintf("%s..%s", parent, tip->hex);
	struct export e = { 0 };
	struct oid oid;
	int err = git_find(repo, parent, &oid);

	*same = false;
	if (err || !*oid.hex)
		return err;
	e.to = xasprintf("%s/patches/%s", p->root, slug);
	err = format(p, repo, range, &e);
	*same = e.n == n;
	for (size_t i = 0; !err && *same && i < n; i++)
		*same = same_file(&e, e.names[i]);
	export_free(&e);
	return err;
}
