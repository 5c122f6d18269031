// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "plain.h"
#include "plan.h"
#include "proof.h"
#include "status.h"

static void explain_component(const struct component *now, const struct key *then)
{
	for (size_t i = 0; i < then->n; i++) {
		if (strcmp(then->component[i].name, now->name))
			continue;
		if (strcmp(then->component[i].value, now->value))
			printf("  %s changed: %s, was %s\n", now->name, now->value,
			       then->component[i].value);
		return;
	}
	printf("  %s is new: %s\n", now->name, now->value);
}

static void explain_verdict(const struct job *j)
{
	const struct verdict *v = &j->verdict;

	printf("%s %s: %s", j->subject->name, j->check->name, verdict_name(v->kind));
	if (v->from)
		printf(", as found for %s", v->from);
	putchar('\n');
	plain_lines(v->text);
	printf("known by\n");
}

static int explain_job(struct store *st, const struct job *j)
{
	struct key then;
	int err;

	if (j->judged) {
		explain_verdict(j);
		for (size_t i = 0; i < j->key.n; i++)
			printf("  %s: %s\n", j->key.component[i].name,
			       j->key.component[i].value);
		return ST_OK;
	}
	err = store_last(st, j->subject->name, j->check->name, &then);
	if (err)
		return err;
	printf("%s %s: not known%s\n", j->subject->name, j->check->name,
	       then.n ? ", because" : "; it was never run");
	for (size_t i = 0; then.n && i < j->key.n; i++)
		explain_component(&j->key.component[i], &then);
	key_free(&then);
	return ST_OK;
}

static int explain(const struct work *w, struct store *st, const char *point,
		   const char *check)
{
	struct subjects all;
	struct plan p = { 0 };
	bool found = false;
	int err;

	subjects_of(w, &all);
	err = plan_make(&p, &all, NULL, st);
	plan_recall(&p);
	for (size_t i = 0; !err && i < p.n; i++) {
		if (strcmp(p.job[i].subject->name, point) ||
		    (check && strcmp(p.job[i].check->name, check)))
			continue;
		found = true;
		err = explain_job(st, &p.job[i]);
	}
	if (!err && !found)
		err = fail(ST_USAGE, "no check %s at point %s; points are base and <slug>/<nr>",
			   check ? check : "", point);
	plan_free(&p);
	subjects_free(&all);
	return err;
}

int cmd_explain(const char *root, char **args)
{
	struct proof p;
	int err;

	if (!args[0])
		return fail(ST_USAGE, "explain needs a point, and may have a check: make explain POINT= CHECK=");
	err = proof_open(&p, root);
	if (!err)
		err = explain(&p.work, p.store, args[0], args[1]);
	proof_close(&p);
	return err;
}
