// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "progress.h"
#include "status.h"
#include "trial.h"

/* What the check's verdict on the plant would depend on, by what it is planted on. */
static int key_of(const struct trial *t, struct key *k)
{
	const struct canary *c = t->canary;
	const struct patch *patch = t->subject.patch;
	struct subject base = t->subject;

	base.at = base.parent;
	*k = (struct key){ 0 };
	key_add(k, "check", "%s %s", t->check->name, t->check->digest);
	key_add(k, "canary", "%s, Words: %s, Limit: %u, Class: %s, Says: %s", c->name,
		c->words ? c->words : "", c->limit, c->failure, c->says);
	key_add_data(k, "plant", patch->data, strlen(patch->data));
	return t->check->inputs(t->check, &base, k);
}

static int add(struct trials *t, const struct work *w, const struct canary *c,
	       const struct check *check, struct store *st)
{
	struct trial *one = array_more(t->trial, t->n);
	struct hash h;
	int err;

	t->n++;
	*one = (struct trial){
		.canary = c, .check = check,
		.subject = {
			.name = xasprintf("canary %s", c->name), .work = w,
			.series = &c->series, .patch = c->series.patch, .nr = 1,
			.at = w->base.point, .parent = w->base.point,
			.words = c->words, .limit = c->limit,
			/* What a kernel does or KUnit says shows before the first test. */
			.bare = check->about == ABOUT_RUN,
		},
	};
	err = key_of(one, &one->key);
	if (err)
		return err;
	key_hash(&one->key, &h);
	return store_get(st, &h, &one->verdict, &one->judged);
}

static int add_all(struct trials *t, const struct work *w, const struct canary *c,
		   struct store *st)
{
	size_t before = t->n;
	int err = ST_OK;

	for (size_t i = 0; !err && i < t->checks.n; i++)
		if (canary_is_for(c, &t->checks.check[i]))
			err = add(t, w, c, &t->checks.check[i], st);
	if (!err && t->n == before)
		return fail(ST_INPUT, "canaries/expected: canary %s: there is no check %s%s%s",
			    c->name, c->check, c->on ? " on " : "", c->on ? c->on : "");
	return err;
}

int trials_make(struct trials *t, const struct work *w, struct store *st)
{
	int err;

	*t = (struct trials){ 0 };
	checks_of(&w->configs, &t->checks);
	err = canaries_read(&t->canaries, w->project.root);
	for (size_t i = 0; !err && i < t->canaries.n; i++)
		err = add_all(t, w, &t->canaries.canary[i], st);
	return err;
}

void trials_free(struct trials *t)
{
	for (size_t i = 0; i < t->n; i++) {
		free(t->trial[i].subject.name);
		applied_free(&t->trial[i].applied);
		key_free(&t->trial[i].key);
		verdict_free(&t->trial[i].verdict);
	}
	free(t->trial);
	checks_free(&t->checks);
	canaries_free(&t->canaries);
	*t = (struct trials){ 0 };
}

/* Turn what the check found into a verdict on the check. */
static void judge(struct trial *t, const struct verdict *found)
{
	const struct canary *c = t->canary;
	const char *class = failure_name(found->failure);

	if (canary_is_found(c, found))
		verdict(&t->verdict, V_PASS, FAIL_NONE, "%s", found->text);
	else
		verdict(&t->verdict, V_FAIL, FAIL_TEST, "canary %s should have been found (%s: %s), but came to %s%s%s:\n%s",
			c->name, c->failure, c->says, verdict_name(found->kind),
			*class ? " " : "", class, found->text);
}

static int plant(struct trial *t)
{
	const struct work *w = t->subject.work;
	int err = apply_series(&w->project, &t->canary->series, &w->base.point, &t->applied);

	if (!err)
		t->subject.at = *applied_tip(&t->applied);
	return err;
}

/* An edit meanwhile makes a verdict about neither the old nor the new. */
static int keep(struct trial *t, struct store *st)
{
	struct key now;
	int err = key_of(t, &now);

	t->judged = key_same(&t->key, &now);
	key_free(&now);
	if (err || !t->judged)
		return err;
	return store_put(st, t->subject.name, t->check->name, &t->key, &t->verdict);
}

int trial_run(struct trial *t, struct store *st)
{
	struct verdict found = { 0 };
	double began = progress_clock();
	int err = plant(t);

	if (!err)
		err = t->check->run(t->check, &t->subject, &found);
	if (err)
		goto out;
	judge(t, &found);
	t->verdict.seconds = progress_clock() - began;
	/* What the machine is to blame for, or lacks, says nothing about the check. */
	if (t->verdict.kind == V_PASS || (found.failure != FAIL_INFRA && found.kind != V_SKIP))
		err = keep(t, st);
	else
		notice("%s %s: not tried: %s", t->subject.name, t->check->name, found.text);
out:
	verdict_free(&found);
	return err;
}

static void make_void(const struct trial *t, struct plan *p)
{
	for (size_t i = 0; i < p->n; i++) {
		struct job *j = &p->job[i];

		if (j->judged && !strcmp(j->check->name, t->check->name))
			verdict(&j->verdict, V_VOID, FAIL_INFRA, "%s; `make canaries` shows more",
				t->verdict.text);
	}
}

size_t trials_apply(const struct trials *t, struct plan *p)
{
	size_t left = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct trial *one = &t->trial[i];

		if (!one->judged)
			left++;
		else if (one->verdict.kind != V_PASS)
			make_void(one, p);
	}
	return left;
}
