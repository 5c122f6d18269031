// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mem.h"
#include "run.h"
#include "status.h"
#include "tool.h"

bool tool_there(const char *name)
{
	autofree char *paths = xstrdup(getenv("PATH") ? getenv("PATH") : "");
	char *rest = paths, *dir;

	if (strchr(name, '/'))
		return !access(name, X_OK);
	while ((dir = strsep(&rest, ":"))) {
		autofree char *path = xasprintf("%s/%s", *dir ? dir : ".", name);

		if (!access(path, X_OK))
			return true;
	}
	return false;
}

static int ask_version(const char *name, char **text)
{
	struct run r = { .argv = (const char *[]){ name, "--version", NULL } };
	int err = run(&r);

	*text = xstrdup(err ? "" : r.out);
	run_free(&r);
	return err;
}

/* Asked for often, and the same while we run. */
static struct version {
	char *name;
	char *text;
} *versions;
static size_t nversions;

int tool_version(const char *name, char **text)
{
	bool there = tool_there(name);
	struct version *v;
	int err;

	for (size_t i = 0; there && i < nversions; i++) {
		if (strcmp(versions[i].name, name))
			continue;
		*text = xstrdup(versions[i].text);
		return ST_OK;
	}
	if (!there) {
		*text = xstrdup("");
		return ST_OK;
	}
	err = ask_version(name, text);
	if (err)
		return err;
	v = array_more(versions, nversions);
	nversions++;
	*v = (struct version){ xstrdup(name), xstrdup(*text) };
	return ST_OK;
}

int toolchain(const struct arch *arch, struct hash *h)
{
	autofree char *gcc = arch_cc(arch);
	autofree char *ld = xasprintf("%sld", arch_cross(arch));
	autofree char *compiler = NULL;
	autofree char *linker = NULL;
	autofree char *both = NULL;
	int err;

	if ((err = tool_version(gcc, &compiler)) || (err = tool_version(ld, &linker)))
		return err;
	both = xasprintf("%s\n%s", compiler, linker);
	hash_data(both, strlen(both), h);
	return ST_OK;
}

int llvm_tools(struct hash *h)
{
	autofree char *compiler = NULL;
	autofree char *linker = NULL;
	autofree char *both = NULL;
	int err;

	if ((err = tool_version("clang" LLVM, &compiler)) ||
	    (err = tool_version("ld.lld" LLVM, &linker)))
		return err;
	both = xasprintf("%s%s", compiler, linker);
	hash_data(both, strlen(both), h);
	return ST_OK;
}

int checker(struct hash *h)
{
	autofree char *version = NULL;
	int err = tool_version("sparse", &version);

	hash_data(version, strlen(version), h);
	return err;
}
