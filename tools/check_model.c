// SPDX-License-Identifier: GPL-2.0-only
/*
 * Does the model of a series hold, and show each defect that it knows?  selftests/
 * <slug>/model/check.sh runs it and prints KTAP.
 */
#include <stdlib.h>

#include "check.h"
#include "file.h"
#include "mem.h"
#include "script.h"
#include "status.h"
#include "tool.h"

static char *model_of(const struct subject *s, const char *file)
{
	return xasprintf("%s/selftests/%s/model%s", s->work->project.root, s->series->slug,
			 file);
}

static bool applies(const struct check *check, const struct subject *s)
{
	autofree char *script = s->series && s->tip ? model_of(s, "/check.sh") : NULL;

	return script && file_exists(script);
}

static int inputs(const struct check *check, const struct subject *s, struct key *k)
{
	autofree char *dir = model_of(s, "");

	key_add(k, "spin", "%d", tool_there("spin"));
	key_add(k, "herd7", "%d", tool_there("herd7"));
	return key_add_files(k, "model", dir);
}

static int run_model(const struct check *check, const struct subject *s, struct verdict *v)
{
	autofree char *script = model_of(s, "/check.sh");

	if (!tool_there("spin"))
		return verdict(v, V_VOID, FAIL_INFRA, "spin is not in PATH; `make setup` installs it");
	return script_run(s->work->project.build, (const char *[]){ "sh", script, NULL }, 0, v);
}

const struct check check_model = {
	.name = "model",
	.what = "does the model of the series hold, and show each defect that it knows?",
	.digest = CHECK_DIGEST,
	.applies = applies,
	.inputs = inputs,
	.run = run_model,
};
