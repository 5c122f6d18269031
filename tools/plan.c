// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <time.h>

#include "mem.h"
#include "plan.h"
#include "status.h"

/* What a check found out without proving anything is asked again. */
static bool lasts(const struct verdict *v)
{
	return v->kind != V_VOID && v->failure != FAIL_INFRA;
}

int job_key(const struct job *j, struct key *k)
{
	*k = (struct key){ 0 };
	key_add(k, "check", "%s %s", j->check->name, j->check->digest);
	return j->check->inputs(j->check, j->subject, k);
}

static int look_up(struct job *j, struct store *st)
{
	struct hash h;
	int err = job_key(j, &j->key);

	if (err)
		return err;
	key_hash(&j->key, &h);
	err = store_get(st, &h, &j->verdict, &j->stored);
	j->judged = j->stored && lasts(&j->verdict);
	return err;
}

static int add_subject(struct plan *p, const struct subject *s, struct store *st)
{
	long long seen;
	int err = store_first_seen(st, s->at.tree.hex, time(NULL), &seen);

	for (size_t i = 0; !err && i < p->checks.n; i++) {
		const struct check *c = &p->checks.check[i];
		struct job *j;

		if (!c->applies(c, s))
			continue;
		j = array_more(p->job, p->n);
		*j = (struct job){ .check = c, .subject = s,
				   .seen = seen, .nr = p->n };
		p->n++;
		err = look_up(j, st);
	}
	return err;
}

static int by_news(const void *a, const void *b)
{
	const struct job *x = a, *y = b;

	if (x->check->special != y->check->special)
		return x->check->special ? 1 : -1;
	if (x->subject->top != y->subject->top)
		return y->subject->top - x->subject->top;
	if (x->subject->tip != y->subject->tip)
		return y->subject->tip - x->subject->tip;
	if (check_in_variant(x->check) != check_in_variant(y->check))
		return check_in_variant(x->check) ? 1 : -1;
	if (x->seen != y->seen)
		return x->seen < y->seen ? 1 : -1;
	return x->nr < y->nr ? -1 : x->nr > y->nr;
}

int plan_make(struct plan *p, const struct subjects *all, const char *machines,
	      struct store *st)
{
	const struct configs *cs = &all->subject[0].work->configs;
	int err = ST_OK;

	*p = (struct plan){ .partial = machines };
	checks_of(cs, &p->checks);
	if (machines)
		err = checks_select(&p->checks, cs, machines);
	for (size_t i = 0; !err && i < all->n; i++)
		err = add_subject(p, &all->subject[i], st);
	if (!err)
		qsort(p->job, p->n, sizeof(*p->job), by_news);
	return err;
}

void plan_recall(struct plan *p)
{
	for (size_t i = 0; i < p->n; i++)
		p->job[i].judged = p->job[i].stored;
}

void plan_free(struct plan *p)
{
	for (size_t i = 0; i < p->n; i++) {
		key_free(&p->job[i].key);
		verdict_free(&p->job[i].verdict);
	}
	free(p->job);
	checks_free(&p->checks);
	*p = (struct plan){ 0 };
}
