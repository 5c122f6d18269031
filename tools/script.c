// SPDX-License-Identifier: GPL-2.0-only
#include "ktap.h"
#include "run.h"
#include "script.h"
#include "status.h"

static void judge(const struct run *r, struct verdict *v)
{
	struct ktap k;

	ktap_read(&k, r->out);
	if (k.failed)
		verdict(v, V_FAIL, FAIL_TEST, "%s%s%s", k.failure, k.words ? "\n" : "",
			k.words ? k.words : "");
	else if (r->timed_out)
		verdict(v, V_FAIL, FAIL_TIMEOUT, "%s did not end within %u seconds", r->argv[0],
			r->timeout);
	else if (k.problem)
		verdict(v, V_VOID, FAIL_TEST, "%s: %s", k.problem, run_why(r));
	else if (r->status || !k.passed)
		verdict(v, V_VOID, FAIL_TEST, "%u passed, but it ended with status %d: %s",
			k.passed, r->status, run_why(r));
	else
		verdict(v, V_PASS, FAIL_NONE, "%u passed, %u skipped", k.passed, k.skipped);
	ktap_free(&k);
}

int script_run(const char *dir, const char *const *argv, unsigned int seconds,
	       struct verdict *v)
{
	struct run r = { .dir = dir, .argv = argv, .timeout = seconds };
	int err = run(&r);

	if (!err)
		judge(&r, v);
	run_free(&r);
	return err;
}
