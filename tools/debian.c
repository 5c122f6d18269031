// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "debian.h"
#include "file.h"
#include "list.h"
#include "mem.h"
#include "run.h"
#include "status.h"

#define KEYRING "/usr/share/keyrings/debian-archive-keyring.gpg"

/* A private apt: its directory and the configuration that points there. */
struct apt {
	char *dir;
	char *env;		/* APT_CONFIG=<dir>/apt.conf */
};

/*
 * Mirrors of Debian that apt is configured for, one a line as
 * "<uri> <origin>"; the origin is empty before the first `apt-get update`.
 */
static int mirrors(struct list *l, char **why)
{
	struct run r = {
		.argv = (const char *[]){ "apt-get", "indextargets", "--format",
			"$(REPO_URI) $(ORIGIN)", "Created-By: Packages", NULL },
	};
	char *rest, *line;
	int err;

	*l = (struct list){ 0 };
	err = run(&r);
	if (err)
		return err;
	for (rest = r.out; !r.status && (line = strsep(&rest, "\n")); ) {
		char *origin = strchr(line, ' ');

		if (!origin)
			continue;
		*origin++ = '\0';
		if ((*origin && strcmp(origin, "Debian")) ||
		    strstr(line, "security") || list_has(l, line))
			continue;
		*array_more(l->name, l->n) = xstrdup(line);
		l->n++;
	}
	if (!l->n)
		*why = xasprintf("apt on this machine knows no mirror of Debian%s%s",
				 r.status ? ": " : "", r.status ? run_why(&r) : "");
	run_free(&r);
	return ST_OK;
}

static int write_text(const struct apt *apt, const char *name, const char *text)
{
	autofree char *path = xasprintf("%s/%s", apt->dir, name);

	return file_write(path, text, strlen(text));
}

/* An apt directory that knows the source packages of one suite on one mirror. */
static int private_apt(struct apt *apt, const char *mirror, const char *suite)
{
	static const char *const dirs[] = {
		"sources", "lists/partial", "cache/archives/partial", "got",
	};
	autofree char *sources = xasprintf("Types: deb-src\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n",
					   mirror, suite, KEYRING);
	autofree char *conf = xasprintf("Dir::Etc::sourcelist \"/dev/null\";\n"
					"Dir::Etc::sourceparts \"%1$s/sources\";\n"
					"Dir::State::lists \"%1$s/lists\";\n"
					"Dir::Cache \"%1$s/cache\";\n"
					"APT::Sandbox::User \"\";\n"
					"Acquire::Retries \"1\";\n"
					"Acquire::http::Timeout \"20\";\n"
					"Acquire::https::Timeout \"20\";\n", apt->dir);
	int err = ST_OK;

	for (size_t i = 0; !err && i < sizeof(dirs) / sizeof(*dirs); i++) {
		autofree char *path = xasprintf("%s/%s", apt->dir, dirs[i]);

		err = dir_make(path);
	}
	if (!err)
		err = write_text(apt, "sources/mirror.sources", sources);
	return err ? err : write_text(apt, "apt.conf", conf);
}

static int apt_get(const struct apt *apt, const char *const *args, char **why)
{
	autofree char *got = xasprintf("%s/got", apt->dir);
	const char *argv[8] = { "apt-get", "-q" };
	struct run r = {
		.argv = argv, .dir = got,
		.env = (const char *[]){ apt->env, NULL },
	};
	int err;

	for (size_t i = 0; args[i]; i++)
		argv[i + 2] = args[i];
	err = run(&r);
	if (!err && r.status)
		*why = xasprintf("apt-get %s: %s", args[0], run_why(&r));
	run_free(&r);
	return err;
}

/* Move the one *.orig.tar.* that apt fetched to @to. */
static int take(const struct apt *apt, const char *to, char **why)
{
	autofree char *dir = xasprintf("%s/got", apt->dir);
	bool found = false;
	char **names;
	size_t n;
	int err = dir_names(dir, &names, &n);

	for (size_t i = 0; !err && !found && i < n; i++) {
		autofree char *from = xasprintf("%s/%s", dir, names[i]);
		struct run r = {
			.argv = (const char *[]){ "mv", "-f", from, to, NULL },
		};

		if (!strstr(names[i], ".orig.tar."))
			continue;
		found = true;
		err = run(&r);
		if (!err && r.status)
			err = fail(ST_INFRA, "cannot move the tarball to %s: %s",
				   to, run_why(&r));
		run_free(&r);
	}
	names_free(names, n);
	if (!err && !found)
		*why = xstrdup("apt-get source left no tarball");
	return err;
}

static int fetch_from(const struct project *p, const char *source, const char *suite,
		      const char *mirror, const char *to, char **why)
{
	struct apt apt = { 0 };
	int err = project_tmp(p, "apt", &apt.dir);

	apt.env = xasprintf("APT_CONFIG=%s/apt.conf", apt.dir);
	if (!err)
		err = private_apt(&apt, mirror, suite);
	if (!err)
		err = apt_get(&apt, (const char *[]){ "update", NULL }, why);
	if (!err && !*why)
		err = apt_get(&apt, (const char *[]){ "source", "--download-only",
			      "--tar-only", source, NULL }, why);
	if (!err && !*why)
		err = take(&apt, to, why);
	tree_remove(apt.dir);
	free(apt.dir);
	free(apt.env);
	return err;
}

int debian_fetch(const struct project *p, const char *source, const char *suite,
		 const char *to, char **why)
{
	struct list l;
	int err;

	*why = NULL;
	if (access(KEYRING, R_OK)) {
		*why = xstrdup(KEYRING " is not there (package debian-archive-keyring)");
		return ST_OK;
	}
	err = mirrors(&l, why);
	for (size_t i = 0; !err && i < l.n; i++) {
		free(*why);
		*why = NULL;
		err = fetch_from(p, source, suite, l.name[i], to, why);
		if (!*why)
			break;
	}
	list_free(&l);
	return err;
}
