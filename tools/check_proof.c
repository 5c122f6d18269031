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

static int inputs(const struct check *check, const struct subject *s, struct key *k)
{
	const struct fields *meta = &s->series->meta;

	for (size_t i = 0; i < meta->n; i++)
		if (!strcmp(meta->field[i].name, "Proof"))
			key_add(k, "meta", "%s", meta->field[i].value);
	key_add(k, "tree", "%s", s->at.tree.hex);
	key_add(k, "parent", "%s", s->parent.tree.hex);
	return ST_OK;
}

/* What is wrong with the proof of @file; NULL: nothing.  The caller frees. */
static char *missing(const struct subject *s, const char *file)
{
	const char *name = series_proof(s->series, s->nr, file);
	const struct check *by = name ? check_find(name) : NULL;

	if (!name)
		return xasprintf("%s: no build compiles it; name the check that proves it in series/%s/meta, \"Proof: %zu %s: <check>\"",
				 file, s->series->slug, s->nr, file);
	if (!by)
		return xasprintf("%s: there is no check %s", file, name);
	if (!by->applies(by, s))
		return xasprintf("%s: the check %s asks nothing of %s", file, name, s->name);
	return NULL;
}

static int judge(const struct subject *s, char *files, struct verdict *v)
{
	size_t n = 0;
	char *file;

	while ((file = strsep(&files, "\n"))) {
		autofree char *why = NULL;

		if (!*file || ktree_is_source(file))
			continue;
		n++;
		why = missing(s, file);
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
	int err = git_out(ST_INFRA, &files, s->work->project.apply, "diff-tree", "-r",
			  "--no-renames", "--diff-filter=d", "--name-only",
			  s->parent.tree.hex, s->at.tree.hex, NULL);

	return err ? err : judge(s, files, v);
}

const struct check check_proof = {
	.name = "proof",
	.what = "is a check named for each file that no build compiles?",
	.digest = CHECK_DIGEST,
	.applies = check_has_patch,
	.inputs = inputs,
	.run = run,
};
