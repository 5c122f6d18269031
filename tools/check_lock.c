// SPDX-License-Identifier: GPL-2.0-only
/*
 * Is the tree that the patch makes the one that its lock names?  `make apply` ends
 * where it is not, so this finds what came between it and the proof.
 */
#include "check.h"
#include "status.h"

static const struct oid *locked(const struct subject *s)
{
	const struct lock *l = &s->series->lock;

	return s->nr <= l->n ? &l->tree[s->nr - 1] : NULL;
}

static int inputs(const struct check *check, const struct subject *s, struct key *k)
{
	const struct oid *tree = locked(s);

	key_add(k, "tree", "%s", s->at.tree.hex);
	key_add(k, "lock", "%s", tree ? tree->hex : "");
	key_add(k, "pinned", "%d", s->work->base.pinned);
	return ST_OK;
}

static int run(const struct check *check, const struct subject *s, struct verdict *v)
{
	const struct oid *tree = locked(s);

	if (!s->work->base.pinned)
		return verdict(v, V_SKIP, FAIL_NONE, "the base is not the pinned one");
	if (!tree)
		return verdict(v, V_VOID, FAIL_APPLY, "series/%s/lock names no tree for it",
			       s->series->slug);
	if (!oid_equal(tree, &s->at.tree))
		return verdict(v, V_FAIL, FAIL_APPLY, "drifted: it makes tree %s, series/%s/lock says %s",
			       s->at.tree.hex, s->series->slug, tree->hex);
	return verdict(v, V_PASS, FAIL_NONE, "tree %s", tree->hex);
}

const struct check check_lock = {
	.name = "lock",
	.what = "does the patch make the tree that its lock names?",
	.digest = CHECK_DIGEST,
	.applies = check_has_patch,
	.inputs = inputs,
	.run = run,
};
