// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>

#include "cmdfile.h"
#include "file.h"
#include "mem.h"
#include "run.h"
#include "status.h"

static bool passed_over(const char *dir)
{
	return !strcmp(dir, "scripts") || !strcmp(dir, "tools") ||
	       !strcmp(dir, "lib/stack") || !strcmp(dir, "source");
}

/* "drivers/net/.tun.o.cmd" is of "drivers/net/tun.o"; NULL when @path is none. */
static char *target_of(const char *path, const char *name)
{
	size_t len = strlen(name);

	if (name[0] != '.' || len < 6 || strcmp(name + len - 4, ".cmd"))
		return NULL;
	return xasprintf("%.*s%.*s", (int)(name - path), path, (int)len - 5, name + 1);
}

/*
 * Whether it is of something made of a file, and that is there: kbuild leaves what it
 * made before another commit was checked out.
 */
static bool has_source(const struct cmdfile *c, const char *dir)
{
	const char *source = strstr(c->text, "\nsource_");
	autofree char *path = NULL;

	source = source ? strstr(source, " := ") : NULL;
	if (!source)
		return false;
	source += strlen(" := ");
	path = xasprintf("%s/%.*s", *source == '/' ? "" : dir,
			 (int)strcspn(source, " \n"), source);
	return path_exists(path);
}

static int visit(const char *dir, const char *full,
		 int (*one)(const struct cmdfile *c, void *data), void *data)
{
	const char *path = full + strlen(dir) + 1, *slash = strrchr(path, '/');
	struct cmdfile c = { target_of(path, slash ? slash + 1 : path), NULL };
	int err = ST_OK;

	if (c.target)
		err = file_read(full, &c.text, NULL);
	if (!err && c.text && has_source(&c, dir))
		err = one(&c, data);
	free(c.target);
	free(c.text);
	return err;
}

int cmdfiles_walk(const char *dir, int (*one)(const struct cmdfile *c, void *data),
		  void *data)
{
	char *const roots[] = { (char *)dir, NULL };
	FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR | FTS_NOSTAT, NULL);
	size_t above = strlen(dir) + 1;
	int err = ST_OK;
	FTSENT *e;

	if (!fts)
		return fail_errno(ST_INFRA, "%s", dir);
	while (!err && (e = fts_read(fts))) {
		if (e->fts_level < 1)
			continue;
		if (e->fts_info == FTS_D && passed_over(e->fts_path + above))
			fts_set(fts, e, FTS_SKIP);
		else if (e->fts_info != FTS_D && e->fts_info != FTS_DP)
			err = visit(dir, e->fts_path, one, data);
	}
	fts_close(fts);
	return err ? err : interrupted();
}

bool cmdfile_is_object(const struct cmdfile *c)
{
	size_t len = strlen(c->target);

	return len > 2 && !strcmp(c->target + len - 2, ".o");
}

/* Whether the dependency that begins at @s, "../" before it or not, ends there. */
static bool ends(const char *s, size_t len)
{
	return s[len] == '\n' || !s[len] || !strncmp(s + len, " \\", 2);
}

bool cmdfile_uses(const struct cmdfile *c, const char *source)
{
	const char *s = strstr(c->text, "\nsource_");
	size_t len = strlen(source);

	while (s && (s = strstr(s, source))) {
		if (!strncmp(s - 3, "../", 3) && s[-4] == ' ' && ends(s, len))
			return true;
		s += len;
	}
	return false;
}
