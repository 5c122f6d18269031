// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>

#include "file.h"
#include "judge.h"
#include "kbuild_checks.h"
#include "mem.h"
#include "status.h"

/* Strike out of @source[] (by a NULL) what is compiled in @config. */
static int strike_out(const struct kbuild_point *pt, const char *config, char **source,
		      size_t n, size_t *built)
{
	struct kbuild_point here = *pt;
	struct built b;
	int err;

	here.config = config;
	err = built_have(&here, &b);
	if (!err && b.now.made == MADE) {
		++*built;
		for (size_t i = 0; i < n; i++) {
			if (!source[i] || !users_have(&b.users, source[i]))
				continue;
			free(source[i]);
			source[i] = NULL;
		}
	}
	built_free(&b);
	return err;
}

/* What is left, one to a line; NULL when nothing is. */
static char *left(char *const *source, size_t n)
{
	char *text;
	size_t len;
	FILE *f = xmemstream(&text, &len);

	for (size_t i = 0; i < n; i++)
		if (source[i])
			fprintf(f, "\n%s", source[i]);
	fclose(f);
	if (len)
		return text;
	free(text);
	return NULL;
}

static int judge(char *const *source, size_t n, size_t built, struct verdict *v)
{
	autofree char *missing = left(source, n);

	if (!n)
		return verdict(v, V_SKIP, FAIL_NONE, "no C file, header or assembly of the kernel is touched");
	if (!built)
		return verdict(v, V_VOID, FAIL_BUILD, "no kernel could be built, so nothing was compiled");
	if (missing)
		return verdict(v, V_FAIL, FAIL_CONFIG, "compiled in no configuration, so nothing was proved of:%s",
			       missing);
	return verdict(v, V_PASS, FAIL_NONE, "%zu files", n);
}

int check_compiled_run(const struct kbuild_point *pt, struct verdict *v)
{
	char **source;
	size_t n, built = 0;
	int err;

	if (!pt->parent)
		return verdict(v, V_SKIP, FAIL_NONE, "the base has no patch");
	err = ktree_sources(pt->project, pt->parent, pt->commit, &source, &n);
	for (size_t i = 0; !err && n && pt->configs[i]; i++)
		err = strike_out(pt, pt->configs[i], source, n, &built);
	if (!err)
		err = judge(source, n, built, v);
	names_free(source, n);
	return err;
}
