// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "mem.h"
#include "plant.h"
#include "run.h"
#include "status.h"

/* What is planted has one commit id, whenever that is. */
static const char *const dates[] = {
	"GIT_AUTHOR_DATE=1970-01-01T00:00:00Z", "GIT_COMMITTER_DATE=1970-01-01T00:00:00Z",
};

/* What is planted where, with an index of its own. */
struct planting {
	const struct project *project;
	const char *diff;
	const char *index;
};

/* git in p->apply; the first line it prints is an id, for @id unless that is NULL. */
static int step(const struct planting *pl, const char *const *args, struct oid *id)
{
	struct run r = { .env = (const char *[]){ pl->index, dates[0], dates[1], NULL } };
	int err = git_run(&r, pl->project->apply, args);

	if (!err && r.status)
		err = fail(ST_APPLY, "%s: git %s: %s", pl->diff, args[0], run_why(&r));
	if (!err && id && !oid_parse(r.out, id))
		err = fail(ST_INFRA, "git %s printed no id: %s", args[0], r.out);
	run_free(&r);
	return err;
}

int plant(const struct project *p, const struct point *on, const char *diff,
	  struct point *at)
{
	struct planting pl = { .project = p, .diff = diff };
	autofree char *dir = NULL;
	autofree char *index = NULL;
	int err = project_tmp(p, "plant", &dir);

	if (err)
		return err;
	pl.index = index = xasprintf("GIT_INDEX_FILE=%s/index", dir);
	if ((err = step(&pl, (const char *[]){ "read-tree", on->commit.hex, NULL }, NULL)) ||
	    (err = step(&pl, (const char *[]){ "apply", "--cached", "--whitespace=nowarn", diff,
			NULL }, NULL)) ||
	    (err = step(&pl, (const char *[]){ "write-tree", NULL }, &at->tree)))
		return err;
	return step(&pl, (const char *[]){ "commit-tree", at->tree.hex, "-p", on->commit.hex,
		    "-m", "planted", NULL }, &at->commit);
}
