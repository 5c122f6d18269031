// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>

#include "checkers.h"
#include "file.h"
#include "mem.h"
#include "run.h"
#include "status.h"

/* What scripts/checkpatch.pl and get_maintainer.pl look for in a kernel tree. */
static const char *const empty[] = {
	"arch", "include", "drivers", "fs", "init", "ipc", "kernel", "lib",
};

static int check_out(const struct project *p, const struct base *base, const char *dir)
{
	autofree char *index = xasprintf("GIT_INDEX_FILE=%s/index", dir);
	autofree char *tree = xasprintf("GIT_WORK_TREE=%s", dir);
	struct run r = { .env = (const char *[]){ index, tree, "GIT_DIR=.", NULL } };
	int err;

	err = git_run(&r, p->repo, (const char *[]){ "checkout", "--quiet",
		      base->point.commit.hex, "--", "scripts", "LICENSES",
		      "Documentation/Makefile", "COPYING", "CREDITS", "Kbuild",
		      "MAINTAINERS", "Makefile", "README", ".get_maintainer.ignore", NULL });
	if (!err && r.status)
		err = fail(ST_INFRA, "cannot check out the base's scripts in %s: %s",
			   dir, run_why(&r));
	run_free(&r);
	for (size_t i = 0; !err && i < sizeof(empty) / sizeof(*empty); i++) {
		autofree char *path = xasprintf("%s/%s", dir, empty[i]);

		err = dir_make(path);
	}
	return err;
}

int checkers_have(const struct project *p, const struct base *base, char **dir)
{
	autofree char *parent = xasprintf("%s/checkers", p->build);
	autofree char *tmp = NULL;
	int err;

	*dir = xasprintf("%s/%s", parent, base->point.tree.hex);
	if (dir_exists(*dir))
		return ST_OK;
	err = dir_make(parent);
	if (!err)
		err = project_tmp(p, "checkers", &tmp);
	if (!err)
		err = check_out(p, base, tmp);
	if (!err && rename(tmp, *dir))
		err = fail_errno(ST_INFRA, "%s", *dir);
	return err;
}

int checkers_id(const struct project *p, const struct base *base, struct oid *id)
{
	autofree char *rev = xasprintf("%s:scripts", base->point.commit.hex);

	return git_resolve(ST_INFRA, p->repo, rev, id);
}
