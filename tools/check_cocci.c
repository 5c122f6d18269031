// SPDX-License-Identifier: GPL-2.0-only
/*
 * coccinelle on the C files and headers that the patch touches, with the semantic
 * patches of the base that configs/coccinelle lists: nothing that they did not find
 * before the patch.  It fails as style, for the object may be the same without it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "change.h"
#include "check.h"
#include "checkers.h"
#include "file.h"
#include "judge.h"
#include "list.h"
#include "mem.h"
#include "progress.h"
#include "spatch.h"
#include "status.h"
#include "tool.h"

/* How many complaints a person wants to see. */
#define SHOWN 10

/* What the files are asked. */
struct asking {
	const struct subject *subject;
	char *tree;		/* where the base's scripts are */
	struct list rules;
	char *how;		/* what is found depends on this, and on the file */
};

/* What is found out about the files of the patch. */
struct answer {
	struct warnings fresh;
	size_t files;
	unsigned int read, unread;	/* lines, as in struct spatched */
	char *wrong;
};

static bool is_rule(const char *name)
{
	size_t len = strlen(name);

	return len > 6 && !strcmp(name + len - 6, ".cocci") && *name != '/' &&
	       !strstr(name, "..") && !strchr(name, ' ');
}

static char *list_path(const struct subject *s)
{
	return xasprintf("%s/configs/coccinelle", s->work->project.root);
}

/* The semantic patches, and what runs them. */
static int rules_key(const struct subject *s, struct key *k)
{
	autofree char *path = list_path(s);
	autofree char *version = NULL;
	struct oid scripts;
	struct hash list;
	int err;

	if ((err = checkers_id(&s->work->project, &s->work->base, &scripts)) ||
	    (err = hash_file(path, &list)) || (err = tool_version("spatch", &version)))
		return err;
	key_add(k, "list", "%s", list.hex);
	key_add(k, "scripts", "%s", scripts.hex);
	key_add_data(k, "spatch", version, strlen(version));
	return ST_OK;
}

static int inputs(const struct check *check, const struct subject *s, struct key *k)
{
	int err = rules_key(s, k);

	return err ? err : change_key(s, k);
}

static int begin(const struct subject *s, struct asking *a)
{
	const struct work *w = s->work;
	autofree char *path = list_path(s);
	struct key k = { 0 };
	struct hash h;
	int err;

	*a = (struct asking){ .subject = s };
	err = list_read(&a->rules, path, is_rule, "a semantic patch, \"<directory>/<name>.cocci\"");
	if (!err)
		err = rules_key(s, &k);
	key_hash(&k, &h);
	key_free(&k);
	a->how = xasprintf("%s %s", CHECK_DIGEST, h.hex);
	return err ? err : checkers_have(&w->project, &w->base, &a->tree);
}

static void end(struct asking *a)
{
	free(a->tree);
	free(a->how);
	list_free(&a->rules);
}

/* Not a header, which may well have nothing but macros in it. */
static bool is_unit(const char *path)
{
	return path[strlen(path) - 1] == 'c';
}

static int ask_now(const struct asking *a, const struct point *at, const char *path,
		   const char *as, struct spatched *found, char **wrong)
{
	autofree char *what = xasprintf("run %zu semantic patches on %s", a->rules.n, path);
	autofree char *dir = NULL, *file = NULL;
	char *slash;
	bool there;
	int err = project_tmp(&a->subject->work->project, "cocci", &dir);

	if (err)
		return err;
	file = xasprintf("%s/files/%s", dir, as);
	slash = strrchr(file, '/');
	*slash = '\0';
	err = dir_make(file);
	*slash = '/';
	if (!err)
		err = change_put(a->subject, at, path, file, &there);
	if (err)
		return err;
	progress_begin(what);
	err = spatch_run(a->tree, &a->rules, dir, as, found, wrong);
	progress_end();
	if (!err && !*wrong && !found->read && (found->unread || is_unit(as)))
		*wrong = xasprintf("spatch could parse nothing of %s", path);
	return err;
}

/*
 * What is found in @path as it is at @at, or was when it was asked last; after a
 * renaming it is called @as there, too.  What is not there has nothing wrong with it.
 */
static int ask(const struct asking *a, const struct point *at, const char *path,
	       const char *as, struct spatched *found, char **wrong)
{
	autofree char *all = NULL, *dir = NULL;
	struct hash h;
	struct oid blob;
	bool known;
	int err = change_blob(a->subject, at, path, &blob);

	*found = (struct spatched){ 0 };
	*wrong = NULL;
	if (err || !*blob.hex)
		return err;
	all = xasprintf("%s %s %s", a->how, blob.hex, as);
	hash_data(all, strlen(all), &h);
	dir = xasprintf("%s/prove/cocci/%.16s", a->subject->work->project.build, h.hex);
	err = spatched_read(found, dir, &known);
	if (err || known)
		return err;
	err = ask_now(a, at, path, as, found, wrong);
	return err || *wrong ? err : spatched_write(found, as, dir);
}

static void add(struct answer *all, const struct spatched *before, const struct spatched *now)
{
	struct warnings fresh;

	warnings_new(&now->found, &before->found, HEAR(BY_SPATCH), &fresh);
	for (size_t i = 0; i < fresh.n; i++) {
		warning_copy(array_more(all->fresh.w, all->fresh.n), &fresh.w[i]);
		all->fresh.n++;
	}
	warnings_free(&fresh);
	all->files++;
	all->read += now->read;
	all->unread += now->unread;
}

static int ask_about(const struct asking *a, const struct change *c, struct answer *all)
{
	const struct subject *s = a->subject;
	struct spatched before = { 0 }, now = { 0 };
	int err = ask(a, &s->parent, c->old_path, c->new_path, &before, &all->wrong);

	if (!err && !all->wrong)
		err = ask(a, &s->at, c->new_path, c->new_path, &now, &all->wrong);
	if (!err && !all->wrong)
		add(all, &before, &now);
	spatched_free(&before);
	spatched_free(&now);
	return err;
}

static int judge(const struct asking *a, const struct answer *all, struct verdict *v)
{
	autofree char *text = warnings_text(&all->fresh, SHOWN);

	if (all->wrong)
		return verdict(v, V_VOID, FAIL_INFRA, "%s", all->wrong);
	if (!all->files)
		return verdict(v, V_SKIP, FAIL_NONE, "no C file or header in the patch");
	if (all->fresh.n)
		return verdict(v, V_FAIL, FAIL_STYLE, "%zu new:\n%s", all->fresh.n, text);
	if (!all->read)
		return verdict(v, V_SKIP, FAIL_NONE, "no function or declaration in the C files and headers");
	return verdict(v, V_PASS, FAIL_NONE, "%zu semantic patches, %zu files; of their code, %u lines were read and %u could not be",
		       a->rules.n, all->files, all->read, all->unread);
}

static int ask_all(const struct asking *a, struct verdict *v)
{
	const struct patch *patch = a->subject->patch;
	struct answer all = { 0 };
	int err = ST_OK;

	for (size_t i = 0; !err && !all.wrong && i < patch->nchange; i++)
		if (change_is_c(&patch->change[i]))
			err = ask_about(a, &patch->change[i], &all);
	if (!err)
		judge(a, &all, v);
	free(all.wrong);
	warnings_free(&all.fresh);
	return err;
}

static int run_cocci(const struct check *check, const struct subject *s, struct verdict *v)
{
	struct asking a;
	int err;

	if (!tool_there("spatch"))
		return verdict(v, V_VOID, FAIL_INFRA, "spatch is not in PATH; `make setup` installs it");
	err = begin(s, &a);
	if (!err && !a.rules.n)
		verdict(v, V_VOID, FAIL_INFRA, "configs/coccinelle lists no semantic patch");
	else if (!err)
		err = ask_all(&a, v);
	end(&a);
	return err;
}

const struct check check_cocci = {
	.name = "cocci",
	.what = "do the base's semantic patches find nothing new in touched files?",
	.digest = CHECK_DIGEST,
	.applies = check_has_patch,
	.inputs = inputs,
	.run = run_cocci,
};
