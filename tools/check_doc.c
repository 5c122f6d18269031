// SPDX-License-Identifier: GPL-2.0-only
/*
 * kernel-doc of the files that the patch touches: no warning that was not there
 * before it.  Warnings are compared by their text, without the line number.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "change.h"
#include "check.h"
#include "checkers.h"
#include "mem.h"
#include "run.h"
#include "status.h"

static int inputs(const struct check *check, const struct subject *s, struct key *k)
{
	struct oid scripts;
	int err = checkers_id(&s->work->project, &s->work->base, &scripts);

	key_add(k, "scripts", "%s", scripts.hex);
	return err ? err : change_key(s, k);
}

/* kernel-doc's warnings of one file, its path and the line numbers cut off. */
static int warnings_of(const char *tree, const char *file, char **text, struct verdict *v)
{
	struct run r = {
		.dir = tree,
		.argv = (const char *[]){ "./scripts/kernel-doc", "-none", file, NULL },
	};
	char *rest, *line;
	size_t len;
	FILE *f;
	int err = run(&r);

	if (err)
		return err;
	f = xmemstream(text, &len);
	if (strstr(r.err, "Traceback") || r.status == 127)
		verdict(v, V_VOID, FAIL_INFRA, "kernel-doc stumbled: %s", run_why(&r));
	for (rest = r.err; (line = strsep(&rest, "\n")); ) {
		const char *at = strstr(line, file);

		at = at ? at + strlen(file) : NULL;
		if (at && *at == ':')
			fprintf(f, "%s\n", at + 1 + strspn(at + 1, "0123456789 :"));
	}
	fclose(f);
	run_free(&r);
	return ST_OK;
}

static bool has_line(const char *text, const char *line, size_t len)
{
	for (const char *s = text; *s; s += strcspn(s, "\n") + 1)
		if (strcspn(s, "\n") == len && !strncmp(s, line, len))
			return true;
	return false;
}

static void judge(const char *path, const char *before, const char *after, struct verdict *v)
{
	for (const char *s = after; *s; s += strcspn(s, "\n") + 1) {
		size_t len = strcspn(s, "\n");
		autofree char *old = v->kind == V_FAIL ? xasprintf("%s\n", v->text) : xstrdup("");

		if (!has_line(before, s, len))
			verdict(v, V_FAIL, FAIL_STYLE, "%s%s: %.*s", old, path, (int)len, s);
	}
}

static int judge_file(const struct subject *s, const char *tree, const struct change *c,
		      struct verdict *v)
{
	autofree char *before = NULL, *after = NULL, *dir = NULL;
	autofree char *file = NULL;
	bool there;
	int err = project_tmp(&s->work->project, "doc", &dir);

	if (err)
		return err;
	file = xasprintf("%s/%s", dir, strrchr(c->new_path, '/') ? strrchr(c->new_path, '/') + 1 : c->new_path);
	err = change_put(s, &s->parent, c->old_path, file, &there);
	if (!err && there)
		err = warnings_of(tree, file, &before, v);
	if (!err)
		err = change_put(s, &s->at, c->new_path, file, &there);
	if (!err && there)
		err = warnings_of(tree, file, &after, v);
	if (!err && v->kind != V_VOID)
		judge(c->new_path, before ? before : "", after ? after : "", v);
	return err;
}

static int run_doc(const struct check *check, const struct subject *s, struct verdict *v)
{
	autofree char *tree = NULL;
	int files = 0, err = checkers_have(&s->work->project, &s->work->base, &tree);

	for (size_t i = 0; !err && i < s->patch->nchange; i++) {
		if (!change_is_c(&s->patch->change[i]))
			continue;
		files++;
		err = judge_file(s, tree, &s->patch->change[i], v);
	}
	if (err || v->text)
		return err;
	if (!files)
		return verdict(v, V_SKIP, FAIL_NONE, "no C file or header in the patch");
	return verdict(v, V_PASS, FAIL_NONE, "no new warning in %d files", files);
}

const struct check check_doc = {
	.name = "doc",
	.what = "is the kernel-doc of touched files complete?",
	.digest = CHECK_DIGEST,
	.applies = check_has_patch,
	.inputs = inputs,
	.run = run_doc,
};
