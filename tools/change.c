// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "change.h"
#include "file.h"
#include "mem.h"
#include "run.h"
#include "status.h"

bool change_is_c(const struct change *c)
{
	const char *dot = strrchr(c->new_path, '.');

	return dot && (!strcmp(dot, ".c") || !strcmp(dot, ".h"));
}

int change_blob(const struct subject *s, const struct point *at, const char *path,
		struct oid *blob)
{
	autofree char *rev = xasprintf("%s:%s", at->commit.hex, path);

	return git_find(s->work->project.apply, rev, blob);
}

static int add_blob(const struct subject *s, struct key *k, const char *which,
		    const struct point *at, const char *path)
{
	struct oid blob;
	int err = change_blob(s, at, path, &blob);

	key_add(k, which, "%s %s", path, *blob.hex ? blob.hex : "none");
	return err;
}

int change_key(const struct subject *s, struct key *k)
{
	int err = ST_OK;

	for (size_t i = 0; !err && i < s->patch->nchange; i++) {
		const struct change *c = &s->patch->change[i];

		if (!change_is_c(c))
			continue;
		err = add_blob(s, k, "before", &s->parent, c->old_path);
		if (!err)
			err = add_blob(s, k, "after", &s->at, c->new_path);
	}
	return err;
}

int change_put(const struct subject *s, const struct point *at, const char *path,
	       const char *to, bool *there)
{
	autofree char *rev = xasprintf("%s:%s", at->commit.hex, path);
	struct run r = { 0 };
	int err;

	err = git_run(&r, s->work->project.apply,
		      (const char *[]){ "cat-file", "blob", rev, NULL });
	*there = !err && !r.status;
	if (*there)
		err = file_write(to, r.out, r.out_len);
	run_free(&r);
	return err;
}
