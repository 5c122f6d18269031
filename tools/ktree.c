// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "hash.h"
#include "hold.h"
#include "ktree.h"
#include "mem.h"
#include "progress.h"
#include "status.h"

/* Commits are looked up where the stack is applied, so none has to be fetched. */
static int borrow_objects(const struct ktree *t)
{
	autofree char *info = xasprintf("%s/.git/objects/info", t->path);
	autofree char *path = xasprintf("%s/alternates", info);
	autofree char *text = xasprintf("%s/objects\n%s/.git/objects\n",
					t->project->repo, t->project->apply);
	int err = dir_make(info);

	return err ? err : file_write(path, text, strlen(text));
}

static int ignore_objects(const struct ktree *t)
{
	static const char text[] = "/o-*/\n";
	autofree char *path = xasprintf("%s/.git/info/exclude", t->path);

	return file_write(path, text, sizeof(text) - 1);
}

static int make(struct ktree *t)
{
	autofree char *dir = xasprintf("%s/.git", t->path);
	int err;

	git_sweep(dir);
	if ((err = git(ST_INFRA, t->path, "init", "--quiet", "--initial-branch=none",
		       ".", NULL)) ||
	    (err = borrow_objects(t)))
		return err;
	return ignore_objects(t);
}

int ktree_open(struct ktree *t, const struct project *p)
{
	autofree char *lock = xasprintf("%s/prove/linux.lock", p->build);
	int err;

	*t = (struct ktree){ .project = p, .hold = -1 };
	t->overlay.hold = -1;
	t->path = xasprintf("%s/prove/linux", p->build);
	t->tests = xstrdup("");
	if ((err = dir_make(t->path)) ||
	    (err = hold_take(lock, "build/prove/linux", true, &t->hold)))
		return err;
	return make(t);
}

static int lift(struct ktree *t)
{
	int err = t->overlay.hold < 0 ? ST_OK : overlay_lift(&t->overlay);

	overlay_end(&t->overlay);
	free(t->tests);
	t->tests = xstrdup("");
	return err;
}

void ktree_close(struct ktree *t)
{
	lift(t);
	if (t->hold >= 0)
		hold_release(t->hold);
	free(t->tests);
	free(t->path);
	*t = (struct ktree){ .hold = -1 };
}

static int check_out(struct ktree *t, const struct oid *commit)
{
	struct oid head;
	bool cold;
	int err = git_find(t->path, "HEAD^{commit}", &head);

	cold = !*head.hex;
	if (err)
		return err;
	if (cold)
		err = space_check(t->project->build, 2000, "the prover's kernel tree");
	if (err)
		return err;
	if (cold)
		progress_begin("check out the kernel in build/prove/linux");
	err = git(ST_INFRA, t->path, "checkout", "--quiet", "--force", "--detach",
		  commit->hex, NULL);
	if (cold)
		progress_end();
	return err;
}

static int lay(struct ktree *t, const struct laid *laid, size_t n, bool before)
{
	int err = n ? overlay_begin(&t->overlay, t->project->root, t->path) : ST_OK;

	for (size_t i = 0; !err && i < n; i++)
		if (overlay_has(&t->overlay, laid[i].slug))
			err = overlay_lay(&t->overlay, laid[i].slug,
					  before ? laid[i].before : laid[i].level);
	return err;
}

int ktree_goto(struct ktree *t, const struct oid *commit, const struct laid *laid,
	       size_t n, bool before)
{
	autofree char *tests = NULL;
	int err = laid_text(t->project, "kunit", laid, n, before, &tests);

	if (err || (oid_equal(&t->at, commit) && !strcmp(tests, t->tests)))
		return err;
	t->at = (struct oid){ "" };
	if ((err = lift(t)) || (err = check_out(t, commit)) ||
	    (err = lay(t, laid, n, before)))
		return err;
	t->at = *commit;
	free(t->tests);
	t->tests = xstrdup(tests);
	return ST_OK;
}

/* All files of a directory without directories below it, by content. */
static int put_files(FILE *f, const char *dir)
{
	char **name;
	size_t n;
	int err = dir_names(dir, &name, &n);

	for (size_t i = 0; !err && i < n; i++) {
		autofree char *path = xasprintf("%s/%s", dir, name[i]);
		struct hash h;

		if (!file_exists(path))
			continue;
		err = hash_file(path, &h);
		fprintf(f, "%s %s\n", name[i], h.hex);
	}
	names_free(name, n);
	return err;
}

int laid_text(const struct project *p, const char *kind, const struct laid *laid, size_t n,
	      bool before, char **text)
{
	size_t len;
	FILE *f = xmemstream(text, &len);
	int err = ST_OK;

	for (size_t i = 0; !err && i < n; i++) {
		autofree char *dir = xasprintf("%s/%s/%s", p->root, kind, laid[i].slug);

		fprintf(f, "%s %d\n", laid[i].slug, before ? laid[i].before : laid[i].level);
		err = put_files(f, dir);
	}
	fclose(f);
	return err;
}

bool ktree_is_source(const char *path)
{
	static const char *const elsewhere[] = {
		"tools/", "scripts/", "samples/", "Documentation/",
	};
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; i < sizeof(elsewhere) / sizeof(*elsewhere); i++)
		if (!strncmp(path, elsewhere[i], strlen(elsewhere[i])))
			return false;
	return dot && (!strcmp(dot, ".c") || !strcmp(dot, ".h") || !strcmp(dot, ".S"));
}

int ktree_sources(const struct project *p, const struct oid *parent,
		  const struct oid *commit, char ***source, size_t *n)
{
	autofree char *text = NULL;
	char *rest, *path;
	int err;

	*source = NULL;
	*n = 0;
	err = git_out(ST_INFRA, &text, p->apply, "diff-tree", "-r", "--no-renames",
		      "--diff-filter=d", "--name-only", parent->hex, commit->hex, NULL);
	rest = text;
	while (!err && (path = strsep(&rest, "\n"))) {
		if (!ktree_is_source(path))
			continue;
		*array_more(*source, *n) = xstrdup(path);
		++*n;
	}
	return err;
}

int ktree_id(const struct project *p, const struct oid *commit, struct oid *tree)
{
	autofree char *rev = xasprintf("%s^{tree}", commit->hex);

	return git_resolve(ST_INFRA, p->apply, rev, tree);
}
