// SPDX-License-Identifier: GPL-2.0-only
/*
 * Does the model of a series hold, and show each defect that it knows?  selftests/
 * <slug>/model/check.sh runs it and prints KTAP.
 */
#include <stdlib.h>

#include "check.h"
#include "file.h"
#include "ktap.h"
#include "mem.h"
#include "run.h"
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

static int judge(const struct run *r, struct verdict *v)
{
	struct ktap k;

	ktap_read(&k, r->out);
	if (k.failed)
		verdict(v, V_FAIL, FAIL_TEST, "%s", k.failure);
	else if (k.problem)
		verdict(v, V_VOID, FAIL_TEST, "%s: %s", k.problem, run_why(r));
	else if (r->status || !k.passed)
		verdict(v, V_VOID, FAIL_TEST, "%u passed, but it ended with status %d: %s",
			k.passed, r->status, run_why(r));
	else
		verdict(v, V_PASS, FAIL_NONE, "%u passed, %u skipped", k.passed, k.skipped);
	ktap_free(&k);
	return ST_OK;
}

static int run_model(const struct check *check, const struct subject *s, struct verdict *v)
{
	autofree char *script = model_of(s, "/check.sh");
	struct run r = {
		.dir = s->work->project.build,
		.argv = (const char *[]){ "sh", script, NULL },
	};
	int err;

	if (!tool_there("spin"))
		return verdict(v, V_VOID, FAIL_INFRA, "spin is not in PATH; `make setup` installs it");
	err = run(&r);
	if (!err)
		judge(&r, v);
	run_free(&r);
	return err;
}

const struct check check_model = {
	.name = "model",
	.what = "does the model of the series hold, and show each defect that it knows?",
	.digest = CHECK_DIGEST,
	.applies = applies,
	.inputs = inputs,
	.run = run_model,
};
