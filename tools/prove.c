// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "progress.h"
#include "mem.h"
#include "prove.h"
#include "run.h"
#include "status.h"

/* Seconds that the jobs from @from on took when they were last done. */
static int time_left(const struct plan *p, struct store *st, size_t from, double *seconds)
{
	double one;
	int err = ST_OK;

	*seconds = 0;
	for (size_t i = from; !err && i < p->n; i++) {
		if (p->job[i].judged)
			continue;
		err = store_seconds(st, p->job[i].check->name, &one);
		*seconds += one;
	}
	return err;
}

/* Whether a verdict of @j is still about what it was when the plan was made. */
static int is_same(const struct job *j, bool *same)
{
	struct hash then, now;
	struct key k;
	int err = job_key(j, &k);

	key_hash(&j->key, &then);
	key_hash(&k, &now);
	*same = !strcmp(then.hex, now.hex);
	key_free(&k);
	return err;
}

/* An edit in the middle of a run makes a verdict about neither the old nor the new. */
static int keep(struct job *j, struct store *st)
{
	int err = is_same(j, &j->judged);

	if (err)
		return err;
	if (j->judged)
		return store_put(st, j->subject->name, j->check->name, &j->key, &j->verdict);
	notice("%s %s: not judged, as its files were edited meanwhile; run again",
	       j->subject->name, j->check->name);
	verdict_free(&j->verdict);
	return ST_OK;
}

static int judge(struct plan *p, struct store *st, size_t i, size_t done)
{
	struct job *j = &p->job[i];
	autofree char *step = NULL;
	double began = progress_clock(), left;
	int err = time_left(p, st, i, &left);

	if (err)
		return err;
	step = xasprintf("[%zu/%zu] %s %s (%.0f s left)", done + 1, p->n,
			 j->subject->name, j->check->name, left);
	progress_begin(step);
	err = j->check->run(j->check, j->subject, &j->verdict);
	progress_end();
	if (err)
		return err;
	j->verdict.seconds = progress_clock() - began;
	return keep(j, st);
}

int prove_all(struct plan *p, struct store *st, double seconds)
{
	double began = progress_clock();
	size_t done = 0;
	int err = ST_OK;

	for (size_t i = 0; i < p->n; i++)
		done += p->job[i].judged;
	for (size_t i = 0; !err && i < p->n; i++) {
		if (p->job[i].judged)
			continue;
		if (seconds > 0 && progress_clock() - began >= seconds)
			break;
		err = judge(p, st, i, done++);
		if (!err)
			err = interrupted();
	}
	return err;
}

static void judge_flake(struct job *j)
{
	autofree char *text = NULL;

	if (!j->judged || j->verdict.kind != V_FLAKY || j->flakes < 2)
		return;
	text = xstrdup(j->verdict.text);
	verdict(&j->verdict, V_FAIL, j->verdict.failure,
		"%s was flaky %zu times: find out why, or list it in configs/known-issues\n%s",
		j->check->name, j->flakes, text);
}

int prove_flakes(struct plan *p, struct store *st)
{
	int err = ST_OK;

	for (size_t i = 0; !err && i < p->n; i++) {
		err = store_flakes(st, p->job[i].check->name, &p->job[i].flakes);
		if (!err)
			judge_flake(&p->job[i]);
	}
	return err;
}

static bool is_well(const struct verdict *v)
{
	return v->kind == V_PASS || v->kind == V_WARN || v->kind == V_SKIP;
}

static void print_indented(const char *text)
{
	for (const char *s = text; *s; s += strcspn(s, "\n"), s += *s == '\n')
		printf("    %.*s\n", (int)strcspn(s, "\n"), s);
}

static const struct job *job_of(const struct plan *p, const struct subject *s,
				const struct check *c)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->job[i].subject == s && p->job[i].check == c)
			return &p->job[i];
	return NULL;
}

static const char *cell(const struct job *j)
{
	if (!j)
		return "-";
	return j->judged ? verdict_name(j->verdict.kind) : "?";
}

/* The part of a check's name after '@': where it is asked, or "". */
static const char *where(const struct check *c)
{
	const char *at = strchr(c->name, '@');

	return at ? at + 1 : "";
}

/* The next check after @c, or the first one, that is asked @there; NULL: no more. */
static const struct check *next_in(const struct plan *p, const struct check *c,
				   const char *there)
{
	const struct check *end = p->checks.check + p->checks.n;

	for (c = c ? c + 1 : p->checks.check; c < end; c++)
		if (!strcmp(where(c), there))
			return c;
	return NULL;
}

/* How wide the column of a check is, and its name without the configuration. */
static int width(const struct check *c, int *len)
{
	*len = strcspn(c->name, "@");
	return *len < 5 ? 5 : *len;
}

static bool is_asked(const struct plan *p, const struct subject *s, const char *there)
{
	for (const struct check *c = NULL; (c = next_in(p, c, there));)
		if (job_of(p, s, c))
			return true;
	return false;
}

static void print_row(const struct plan *p, const struct subject *s, const char *there)
{
	int len;

	printf("%-28s", s->name);
	for (const struct check *c = NULL; (c = next_in(p, c, there));)
		printf(" %-*s", width(c, &len), cell(job_of(p, s, c)));
	putchar('\n');
}

static void print_head(const struct plan *p, const char *there)
{
	int len;

	printf("%-28s", *there ? there : "point");
	for (const struct check *c = NULL; (c = next_in(p, c, there));) {
		int column = width(c, &len);

		printf(" %-*.*s", column, len, c->name);
	}
	putchar('\n');
}

static const struct subject *by_place(const struct plan *p, size_t nr)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->job[i].nr == nr)
			return p->job[i].subject;
	return NULL;
}

/* The points by the checks of a configuration or machine, bottom first. */
static void print_table(const struct plan *p, const char *there)
{
	const struct subject *last = NULL;
	bool any = false;

	for (size_t nr = 0; nr < p->n; nr++) {
		const struct subject *s = by_place(p, nr);

		if (s == last || !is_asked(p, s, there))
			continue;
		if (!any)
			print_head(p, there);
		any = true;
		print_row(p, s, there);
		last = s;
	}
}

/* Whether no check above @c is asked where it is. */
static bool is_first(const struct plan *p, const struct check *c)
{
	return next_in(p, NULL, where(c)) == c;
}

void prove_report(const struct plan *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct job *j = &p->job[i];

		if (!j->judged || (is_well(&j->verdict) && j->verdict.kind != V_WARN))
			continue;
		printf("%s %s: %s (%s)\n", j->subject->name, j->check->name,
		       verdict_name(j->verdict.kind), failure_name(j->verdict.failure));
		print_indented(j->verdict.text);
	}
	for (size_t i = 0; i < p->checks.n; i++)
		if (is_first(p, &p->checks.check[i]))
			print_table(p, where(&p->checks.check[i]));
}

void prove_count(const struct plan *p, struct tally *t)
{
	*t = (struct tally){ .tips = true };
	for (size_t i = 0; i < p->n; i++) {
		const struct job *j = &p->job[i];

		if (!j->judged) {
			t->left++;
			t->tips &= !j->subject->tip;
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
}
