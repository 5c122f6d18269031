// SPDX-License-Identifier: GPL-2.0-only
/*
 * Does the patch say where it applies?  git am takes a hunk whose lines moved;
 * what it made of the patch, as a diff again, has to be the patch's own, line
 * numbers included.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "mem.h"
#include "status.h"

static const char *diff_of(const struct patch *p)
{
	const char *diff = strstr(p->body, "\ndiff --git ");

	return diff ? diff + 1 : "";
}

static int inputs(const struct check *check, const struct subject *s, struct key *k)
{
	const char *diff = diff_of(s->patch);

	key_add_data(k, "diff", diff, strlen(diff));
	key_add(k, "parent", "%s", s->parent.tree.hex);
	return ST_OK;
}

/* The first line in which the diffs differ, of either. */
static int differ(struct verdict *v, const char *ours, const char *made)
{
	while (*ours && *ours != '\n' && *ours == *made) {
		size_t a = strcspn(ours, "\n"), b = strcspn(made, "\n");

		if (a != b || strncmp(ours, made, a))
			break;
		ours += a + !!ours[a];
		made += b + !!made[b];
	}
	return verdict(v, V_FAIL, FAIL_APPLY, "the patch says \"%.*s\", applied it is \"%.*s\"; `make refresh` writes it as it applies",
		       (int)strcspn(ours, "\n"), ours, (int)strcspn(made, "\n"), made);
}

static int run(const struct check *check, const struct subject *s, struct verdict *v)
{
	autofree char *made = NULL;
	const char *ours = diff_of(s->patch);
	size_t len;
	int err = git_out(ST_INFRA, &made, s->work->project.apply, "diff-tree",
			  "-p", "--full-index", "--find-renames", "--no-color",
			  "--no-ext-diff", s->parent.tree.hex, s->at.tree.hex, NULL);

	if (err)
		return err;
	len = strlen(made);
	if (len && !strncmp(ours, made, len) && !ours[len + strspn(ours + len, "\n")])
		return verdict(v, V_PASS, FAIL_NONE, "every hunk applies where it says");
	return differ(v, ours, made);
}

const struct check check_fuzz = {
	.name = "fuzz",
	.what = "does the patch apply without fuzz or offset?",
	.digest = CHECK_DIGEST,
	.applies = check_has_patch,
	.inputs = inputs,
	.run = run,
};
