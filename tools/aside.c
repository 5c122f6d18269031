// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "aside.h"
#include "file.h"
#include "makelog.h"
#include "mem.h"
#include "progress.h"
#include "status.h"

/* What the machine is to blame for says nothing about the objects. */
static int blame_machine(const char *log)
{
	autofree char *text = NULL;
	autofree char *line = NULL;
	size_t len;
	int err = file_read(log, &text, &len);

	if (err)
		return err;
	line = makelog_machine(text);
	return line ? fail(ST_INFRA, "%s: %s; mend that and run again", log, line) : ST_OK;
}

static int compile(struct kbuild *k, const struct aside *a, const struct oid *commit,
		   const char *const *object, size_t n)
{
	autofree char *log = xasprintf("%s/prove/%s/%.12s.%s", a->point->project->build,
				       a->point->config, commit->hex, a->name);
	autofree char *what = xasprintf("compile %zu objects of %.12s by %s", n, commit->hex,
					a->llvm ? "clang" : "gcc");
	autofree const char **words = xcalloc(n + 1, sizeof(*words));
	int status, err;

	memcpy(words, object, n * sizeof(*object));
	progress_begin(what);
	err = kbuild_make(k, log, words, &status);
	progress_end();
	/* Else its status is of no interest: each object is judged by what it said. */
	return !err && status ? blame_machine(log) : err;
}

static int run_in(struct kbuild *k, struct ktree *t, const struct aside *a, bool before,
		  const char *const *object, size_t n, char **wrong)
{
	const struct kbuild_point *pt = a->point;
	const struct oid *commit = before ? pt->parent : pt->commit;
	autofree char *fragment = NULL;
	int err;

	if ((err = kbuild_open(k, t, pt->config, a->name)) ||
	    (err = ktree_goto(t, commit, pt->laid, pt->nlaid, before)) ||
	    (err = kbuild_fragment(pt->project, pt->config, pt->laid, pt->nlaid, before,
				   &fragment)))
		return err;
	k->llvm = a->llvm;
	err = kbuild_configure(k, fragment, wrong);
	return err || *wrong ? err : compile(k, a, commit, object, n);
}

int aside_run(const struct aside *a, bool before, const char *const *object, size_t n,
	      struct said *said, char **wrong)
{
	struct kbuild k = { 0 };
	struct ktree t;
	int err = ktree_open(&t, a->point->project);

	*said = (struct said){ 0 };
	*wrong = NULL;
	if (!err)
		err = run_in(&k, &t, a, before, object, n, wrong);
	if (!err && !*wrong)
		said_pick(said, &k.said, object, n);
	kbuild_close(&k);
	ktree_close(&t);
	return err;
}
