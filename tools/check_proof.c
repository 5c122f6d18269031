// SPDX-License-Identifier: GPL-2.0-only
/*
 * What no build compiles (documentation, Kconfig, makefiles, kselftests) has to be
 * proved by a check that the meta names, file by file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "git.h"
#include "mem.h"
#include "status.h"

/* Which checks there are to be named. */
static void add_checks(struct key *k, const struct subject *s)
{
	autofree char *names = NULL;
	struct checks all;
	size_t len;
	FILE *f = xmemstream(&names, &len);

	checks_of(&s->work->configs, &all);
	for (size_t i = 0; i < all.n; i++)
		fprintf(f, "%s\n", all.check[i].name);
	checks_free(&all);
	fclose(f);
	key_add_data(k, "checks", names, len);
}

static int inputs(const struct check *check, const struct subject *s, struct key *k)
{
	const struct fields *meta = &s->series->meta;

	add_checks(k, s);
	for (size_t i = 0; i < meta->n; i++)
		if (!strcmp(meta->field[i].name, "Proof"))
			key_add(k, "meta", "%s", meta->field[i].value);
	key_add(k, "tree", "%s", s->at.tree.hex);
	key_add(k, "parent", "%s", s->parent.tree.hex);
	return ST_OK;
}

/* What is wrong with the proof of @file; NULL: nothing.  The caller frees. */
static char *missing(const struct subject *s, const struct checks *all, const char *file)
{
	const char *name = series_proof(s->series, s->nr, file);
	const struct check *by = name ? checks_find(all, name) : NULL;

	if (!name)
		return xasprintf("%s: no build compiles it; name the check that proves it in series/%s/meta, \"Proof: %zu %s: <check>\"",
				 file, s->series->slug, s->nr, file);
	if (!by)
		return xasprintf("%s: there is no check %s", file, name);
	if (!by->applies(by, s))
		return xasprintf("%s: the check %s asks nothing of %s", file, name, s->name);
	return NULL;
}

static int judge(const struct subject *s, const struct checks *all, char *files,
		 struct verdict *v)
{
	size_t n = 0;
	char *file;

	while ((file = strsep(&files, "\n"))) {
		autofree char *why = NULL;

		if (!*file || ktree_is_source(file))
			continue;
		n++;
		why = missing(s, all, file);
		if (why)
			return verdict(v, V_FAIL, FAIL_CONFIG, "%s", why);
	}
	if (!n)
		return verdict(v, V_SKIP, FAIL_NONE, "all its files are compiled");
	return verdict(v, V_PASS, FAIL_NONE, "%zu files", n);
}

static int run(const struct check *check, const struct subject *s, struct verdict *v)
{
	autofree char *files = NULL;
	struct checks all;
	int err = git_out(ST_INFRA, &files, s->work->project.apply, "diff-tree", "-r",
			  "--no-renames", "--diff-filter=d", "--name-only",
			  s->parent.tree.hex, s->at.tree.hex, NULL);

	if (err)
		return err;
	checks_of(&s->work->configs, &all);
	judge(s, &all, files, v);
	checks_free(&all);
	return ST_OK;
}

const struct check check_proof = {
	.name = "proof",
	.what = "is a check named for each file that no build compiles?",
	.digest = CHECK_DIGEST,
	.applies = check_has_patch,
	.inputs = inputs,
	.run = run,
};
