// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "file.h"
#include "git.h"
#include "hold.h"
#include "mbox.h"
#include "mem.h"
#include "project.h"
#include "series.h"
#include "status.h"

/*
 * Commits (of branches, tags, the stash) and changes in build/linux that are
 * nowhere else: not where the program put them, in patches/ or in a remote.
 */
static int check_no_work(const struct project *p)
{
	autofree char *git_dir = xasprintf("%s/.git", p->linux);
	autofree char *commits = NULL, *changes = NULL;
	int err;

	if (!dir_exists(git_dir))
		return ST_OK;
	err = git_out(ST_INFRA, &commits, p->linux, "log", "--oneline", "-5",
		      "--all", "--not", "--remotes", "--glob=refs/put/*",
		      "--glob=refs/written/*", NULL);
	if (!err)
		err = git_out(ST_INFRA, &changes, p->linux, "status", "--porcelain", NULL);
	if (err)
		return err;
	if (*commits)
		return fail(ST_FAILED, "build/linux has commits that are not in patches/:\n%s\n`make refresh` them, or remove build/ by hand",
			    commits);
	if (*changes)
		return fail(ST_FAILED, "build/linux has changes that are not committed:\n%s\ncommit and `make refresh` them, or remove build/ by hand",
			    changes);
	return ST_OK;
}

static int remove_build(const struct project *p, bool all)
{
	static const char *const made[] = {
		"apply", "home", "kunit", "mbox", "report", "tmp", "tools", "asan",
	};
	int err = ST_OK;

	if (all)
		return tree_remove(p->build);
	for (size_t i = 0; !err && i < sizeof(made) / sizeof(*made); i++) {
		autofree char *path = xasprintf("%s/%s", p->build, made[i]);

		err = tree_remove(path);
	}
	return err;
}

static int check_slug(const struct project *p, const char *slug)
{
	autofree char *dir = xasprintf("%s/series/%s", p->root, slug);

	if (slug_valid(slug) && dir_exists(dir))
		return ST_OK;
	return fail(ST_USAGE, "no series \"%s\" in series/order", slug);
}

static int clean(const struct project *p, const char *slug, bool all)
{
	autofree char *mbox = slug ? mbox_path(p, slug) : NULL;
	int err = all ? check_no_work(p) : slug ? check_slug(p, slug) : ST_OK;

	if (err)
		return err;
	if (mbox)
		return tree_remove(mbox);
	err = remove_build(p, all);
	if (!err && all)
		printf("the kernel stays in %s for other clones; remove that by hand to be rid of it\n",
		       p->cache);
	return err;
}

static int clean_root(const char *root, const char *slug, bool all)
{
	autofree char *lock = NULL;
	struct project p;
	int fd, err;

	err = project_open(&p, root);
	if (!err) {
		lock = xasprintf("%s/lock", p.build);
		err = hold_take(lock, p.build, false, &fd);
	}
	if (!err)
		err = clean(&p, slug, all);
	project_close(&p);
	return err;
}

int cmd_clean(const char *root, char **args)
{
	return clean_root(root, args[0], false);
}

int cmd_distclean(const char *root, char **args)
{
	return clean_root(root, NULL, true);
}
