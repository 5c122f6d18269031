// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "fields.h"
#include "file.h"
#include "mem.h"
#include "project.h"
#include "run.h"
#include "status.h"

static const struct field_rule rules[] = {
	{ "Name", .required = true },
	{ "Email", .required = true },
	{ NULL },
};

static int read_identity(struct project *p)
{
	autofree char *path = xasprintf("%s/configs/identity", p->root);
	struct fields fs;
	int err;

	if (!file_exists(path))
		return fail(ST_USAGE, "%s is no patch-series tree: configs/identity is not there",
			    p->root);
	err = fields_read(&fs, path, rules);
	if (!err) {
		p->name = xstrdup(fields_get(&fs, "Name"));
		p->email = xstrdup(fields_get(&fs, "Email"));
	}
	fields_free(&fs);
	return err;
}

static char *cache_dir(void)
{
	const char *xdg = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");

	if (xdg && *xdg == '/')
		return xasprintf("%s/linux-series", xdg);
	if (home && *home == '/')
		return xasprintf("%s/.cache/linux-series", home);
	return NULL;
}

int project_open(struct project *p, const char *root)
{
	autofree char *home = NULL, *ceiling = NULL;
	int err;

	*p = (struct project){ .root = realpath(root, NULL) };
	if (!p->root)
		return fail_errno(ST_USAGE, "%s", root);
	err = read_identity(p);
	if (err)
		return err;
	p->cache = cache_dir();
	if (!p->cache)
		return fail(ST_USAGE, "no cache directory: set HOME or XDG_CACHE_HOME to an absolute path");
	p->build = xasprintf("%s/build", p->root);
	p->store = xasprintf("%s/store.sqlite", p->cache);
	p->repo = xasprintf("%s/linux.git", p->cache);
	p->apply = xasprintf("%s/apply", p->build);
	p->linux = xasprintf("%s/linux", p->build);
	home = xasprintf("%s/home", p->build);
	ceiling = xasprintf("%s:%s", p->build, p->cache);
	run_init(home, p->name, p->email);
	/* A repository that is broken must not be taken for the one around it. */
	setenv("GIT_CEILING_DIRECTORIES", ceiling, 1);
	err = dir_make(p->cache);
	return err ? err : dir_make(home);
}

void project_close(struct project *p)
{
	free(p->root);
	free(p->build);
	free(p->cache);
	free(p->store);
	free(p->repo);
	free(p->apply);
	free(p->linux);
	free(p->name);
	free(p->email);
}

char *project_mail(const struct project *p)
{
	return xasprintf("%s <%s>", p->name, p->email);
}

int project_tmp(const struct project *p, const char *name, char **path)
{
	int err;

	*path = xasprintf("%s/tmp/%s", p->build, name);
	err = tree_remove(*path);
	return err ? err : dir_make(*path);
}
