// SPDX-License-Identifier: GPL-2.0-only
/* What has to be judged before the top of the stack counts as judged. */
#include "outcome.h"
#include "t/test.h"

static const struct check style = { .name = "style" };
static const struct check kunit = { .name = "kunit@x86_64" };
static const struct check in_variant = { .name = "kunit@x86_64-debug", .config = "x86_64-debug" };
static const struct check on_special = { .name = "kunit@odd", .config = "x86_64", .special = true };
static const struct subject below = { .name = "alpha/2", .tip = true };
static const struct subject top = { .name = "beta/1", .tip = true, .top = true };
static struct job jobs[] = {
	{ .check = &style, .subject = &below },
	{ .check = &style, .subject = &top },
	{ .check = &kunit, .subject = &top },
	{ .check = &in_variant, .subject = &top },
	{ .check = &on_special, .subject = &top },
};
static const struct plan plan = { .job = jobs, .n = sizeof(jobs) / sizeof(*jobs) };

static bool is_top_judged(void)
{
	struct tally t;

	tally(&plan, NULL, &t);
	return t.top;
}

int main(void)
{
	struct tally t;

	check(!is_top_judged(), "nothing is judged");
	jobs[0].judged = true;
	check(!is_top_judged(), "the tip of a series below is not the top");
	jobs[1].judged = true;
	check(!is_top_judged(), "one check is not all");
	jobs[2].judged = true;
	check(is_top_judged(), "all are, variants and special machines aside");
	tally(&plan, NULL, &t);
	check(t.left == 2, "though these are left");
	jobs[1].judged = false;
	jobs[3].judged = true;
	check(!is_top_judged(), "a variant makes up for nothing");
	return test_end();
}
