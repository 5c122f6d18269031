// SPDX-License-Identifier: GPL-2.0-only
/*
 * checkpatch.pl --strict, without two of its types: FILE_PATH_CHANGES, in whose
 * place a new file must have a maintainer, and UNKNOWN_COMMIT_ID, as the base is
 * one commit and knows none.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "checkers.h"
#include "mem.h"
#include "run.h"
#include "status.h"

static int inputs(const struct check *check, const struct subject *s, struct key *k)
{
	struct oid scripts;
	int err = checkers_id(&s->work->project, &s->work->base, &scripts);

	key_add_data(k, "patch", s->patch->data, strlen(s->patch->data));
	key_add(k, "scripts", "%s", scripts.hex);
	return err;
}

/* checkpatch.pl's own words, judged: it must have read lines and not stumbled. */
static int judge(const struct run *r, struct verdict *v)
{
	const char *total = strstr(r->out, "total: ");
	int errors, warnings, notes, lines;

	if (*r->err)
		return verdict(v, V_VOID, FAIL_INFRA, "checkpatch.pl stumbled (are python3-ply and python3-git there?):\n%s",
			       run_why(r));
	if (!total || sscanf(total, "total: %d errors, %d warnings, %d checks, %d lines checked",
			     &errors, &warnings, &notes, &lines) != 4)
		return verdict(v, V_VOID, FAIL_INFRA, "checkpatch.pl gave no total: %s", run_why(r));
	if (!lines)
		return verdict(v, V_VOID, FAIL_STYLE, "checkpatch.pl read no line of the patch");
	if (errors || warnings || notes)
		return verdict(v, V_FAIL, FAIL_STYLE, "%s", r->out);
	return verdict(v, V_PASS, FAIL_NONE, "%d lines checked", lines);
}

static int run_checkpatch(const struct subject *s, const char *tree, struct verdict *v)
{
	struct run r = {
		.dir = tree,
		.argv = (const char *[]){ "./scripts/checkpatch.pl", "--strict",
			"--show-types", "--ignore",
			"FILE_PATH_CHANGES,UNKNOWN_COMMIT_ID", s->patch->path, NULL },
	};
	int err = run(&r);

	if (!err)
		judge(&r, v);
	run_free(&r);
	return err;
}

/* What the patch does to @path, if that is a new file; the caller frees. */
static char *new_file(const struct patch *p, const char *path)
{
	autofree char *head = xasprintf("\ndiff --git a/%s b/%s\nnew file mode ", path, path);
	const char *from = strstr(p->body, head), *to;

	if (!from)
		return NULL;
	from++;
	to = strstr(from, "\ndiff --git ");
	return xstrndup(from, to ? (size_t)(to + 1 - from) : strlen(from));
}

/*
 * It is asked about a patch, as a file by its name would have to be there; and so it
 * finds owners by what is in the file, too.  An owner is a line "Name <mail>
 * (maintainer:SECTION)" or its like, and not a list only.
 */
static int check_owner(const char *tree, const char *path, const char *diff, struct verdict *v)
{
	struct run r = {
		.dir = tree,
		.argv = (const char *[]){ "./scripts/get_maintainer.pl", "--no-tree",
			"--no-git", "--no-git-fallback", "--no-l", NULL },
		.input = diff,
	};
	int err = run(&r);

	if (!err && (r.status || *r.err))
		verdict(v, V_VOID, FAIL_INFRA, "get_maintainer.pl stumbled:\n%s", run_why(&r));
	else if (!err && !strstr(r.out, "@"))
		verdict(v, V_FAIL, FAIL_STYLE, "new file %s has no maintainer in MAINTAINERS", path);
	run_free(&r);
	return err;
}

static int check_owners(const struct subject *s, const char *tree, struct verdict *v)
{
	int err = ST_OK;

	for (size_t i = 0; !err && v->kind == V_PASS && i < s->patch->nchange; i++) {
		const char *path = s->patch->change[i].new_path;
		autofree char *diff = new_file(s->patch, path);

		if (diff)
			err = check_owner(tree, path, diff, v);
	}
	return err;
}

static int run_style(const struct check *check, const struct subject *s, struct verdict *v)
{
	autofree char *tree = NULL;
	int err = checkers_have(&s->work->project, &s->work->base, &tree);

	if (!err)
		err = run_checkpatch(s, tree, v);
	return err ? err : check_owners(s, tree, v);
}

const struct check check_style = {
	.name = "style",
	.what = "does checkpatch.pl --strict find nothing?",
	.digest = CHECK_DIGEST,
	.applies = check_has_patch,
	.inputs = inputs,
	.run = run_style,
};
