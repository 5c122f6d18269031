// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "clang.h"
#include "mem.h"
#include "progress.h"
#include "status.h"

#define BESIDE "clang"

static int compile(struct kbuild *k, const struct kbuild_point *pt, const struct oid *commit,
		   const char *const *object, size_t n)
{
	autofree char *log = xasprintf("%s/prove/%s/%.12s.clang", pt->project->build,
				       pt->config, commit->hex);
	autofree char *what = xasprintf("compile %zu objects of %.12s by clang", n, commit->hex);
	autofree const char **words = xcalloc(n + 1, sizeof(*words));
	int status, err;

	memcpy(words, object, n * sizeof(*object));
	progress_begin(what);
	/* Its status is of no interest: each object is judged by what it said. */
	err = kbuild_make(k, log, words, &status);
	progress_end();
	return err;
}

static int run_in(struct kbuild *k, struct ktree *t, const struct kbuild_point *pt, bool before,
		  const char *const *object, size_t n, char **wrong)
{
	const struct oid *commit = before ? pt->parent : pt->commit;
	autofree char *fragment = NULL;
	int err;

	if ((err = kbuild_open(k, t, pt->config, BESIDE)) ||
	    (err = ktree_goto(t, commit, pt->laid, pt->nlaid, before)) ||
	    (err = kbuild_fragment(pt->project, pt->config, pt->laid, pt->nlaid, before,
				   &fragment)))
		return err;
	k->llvm = true;
	err = kbuild_configure(k, fragment, wrong);
	return err || *wrong ? err : compile(k, pt, commit, object, n);
}

int clang_run(const struct kbuild_point *pt, bool before, const char *const *object,
	      size_t n, struct said *said, char **wrong)
{
	struct kbuild k = { 0 };
	struct ktree t;
	int err = ktree_open(&t, pt->project);

	*said = (struct said){ 0 };
	*wrong = NULL;
	if (!err)
		err = run_in(&k, &t, pt, before, object, n, wrong);
	if (!err && !*wrong)
		said_pick(said, &k.said, object, n);
	kbuild_close(&k);
	ktree_close(&t);
	return err;
}
