// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <time.h>

#include "mem.h"
#include "outcome.h"
#include "prove.h"
#include "status.h"

bool is_well(const struct verdict *v)
{
	return v->kind == V_PASS || v->kind == V_WARN || v->kind == V_SKIP;
}

static void count(const struct job *j, struct tally *t)
{
	if (!j->judged) {
		t->left++;
	} else if (j->verdict.kind == V_SKIP) {
		t->skipped++;
	} else if (j->verdict.kind == V_FLAKY) {
		t->flaky++;
	} else if (is_well(&j->verdict)) {
		t->passed++;
	} else {
		t->failed++;
	}
}

static bool is_top_judged(const struct plan *p)
{
	size_t judged = 0;

	for (size_t i = 0; i < p->n; i++) {
		const struct job *j = &p->job[i];

		if (!j->subject->top || check_in_variant(j->check) || j->check->special)
			continue;
		if (!j->judged)
			return false;
		judged++;
	}
	return judged;
}

void tally(const struct plan *p, const struct subject *only, struct tally *t)
{
	*t = (struct tally){ .top = is_top_judged(p) };
	for (size_t i = 0; i < p->n; i++)
		if (!only || p->job[i].subject == only)
			count(&p->job[i], t);
}

int context_read(struct context *c, const struct work *w, struct store *st)
{
	autofree char *path = xasprintf("%s/configs/known-issues", w->project.root);
	int err;

	*c = (struct context){ 0 };
	err = known_read(&c->known, path);
	return err ? err : trials_make(&c->trials, w, st);
}

void context_free(struct context *c)
{
	trials_free(&c->trials);
	known_free(&c->known);
}

static size_t apply_known(const struct known *k, struct plan *p, char **lines)
{
	time_t now = time(NULL);
	char today[16];
	size_t wrong, len;
	FILE *f = xmemstream(lines, &len);

	strftime(today, sizeof(today), "%Y-%m-%d", gmtime(&now));
	wrong = known_apply(k, p, today, f);
	fclose(f);
	return wrong;
}

int outcome_of(struct outcome *o, struct plan *p, const struct context *c, struct store *st)
{
	int err = prove_flakes(p, st);

	*o = (struct outcome){ .plan = p, .canaries = c->trials.n };
	if (err)
		return err;
	o->wrong = apply_known(&c->known, p, &o->issues);
	o->untried = trials_apply(&c->trials, p);
	tally(p, NULL, &o->all);
	o->all.failed += o->wrong;
	return ST_OK;
}

void outcome_free(struct outcome *o)
{
	free(o->issues);
	*o = (struct outcome){ 0 };
}

int outcome_recall(struct outcome *o, struct plan *p, const struct work *w, struct store *st)
{
	struct context c;
	int err = context_read(&c, w, st);

	*o = (struct outcome){ 0 };
	plan_recall(p);
	if (!err)
		err = outcome_of(o, p, &c, st);
	context_free(&c);
	return err;
}
