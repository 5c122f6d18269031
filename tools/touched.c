// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mem.h"
#include "status.h"
#include "tool.h"
#include "touched.h"

#define BESIDE "aside"

/*
 * Objects that are up to date stay silent, and what they said is remembered; so
 * another sparse has to begin with none.
 */
static int begin_with_same_checker(struct kbuild *aside, const struct kbuild *k)
{
	autofree char *path = xasprintf("%s/checker", aside->state);
	autofree char *last = NULL;
	struct hash h;
	int err = checker(&h);

	if (!err && file_exists(path))
		err = file_read(path, &last, NULL);
	if (err || (last && !strcmp(last, h.hex)))
		return err;
	if ((err = tree_remove(aside->path)))
		return err;
	kbuild_close(aside);
	err = kbuild_open(aside, k->tree, k->config, BESIDE);
	return err ? err : file_write(path, h.hex, HASH_LEN);
}

static int run_on(struct kbuild *aside, const struct kbuild *k, const char *const *object,
		  size_t n, const char *log)
{
	autofree const char **words = xcalloc(n + 3, sizeof(*words));
	size_t nwords = 0;
	int status, err;

	words[nwords++] = "W=1";
	if (tool_there("sparse"))
		words[nwords++] = "C=1";
	memcpy(words + nwords, object, n * sizeof(*object));
	err = kbuild_configure_as(aside, k);
	/* Its status is of no interest: each object is judged by what it said. */
	return err ? err : kbuild_make(aside, log, words, &status);
}

int touched_run(const struct kbuild *k, const struct users *us, const char *log,
		struct said *said)
{
	autofree const char **object = NULL;
	struct kbuild aside;
	size_t n;
	int err;

	*said = (struct said){ 0 };
	users_sample(us, &object, &n);
	if (!n)
		return ST_OK;
	if (!(err = kbuild_open(&aside, k->tree, k->config, BESIDE)) &&
	    !(err = begin_with_same_checker(&aside, k)) &&
	    !(err = run_on(&aside, k, object, n, log)))
		said_pick(said, &aside.said, object, n);
	kbuild_close(&aside);
	return err;
}
