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
	struct key k;
	int err = job_key(j, &k);

	*same = key_same(&j->key, &k);
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
	verdict_free(&j->verdict);
	err = j->check->run(j->check, j->subject, &j->verdict);
	progress_end();
	if (err)
		return err;
	j->verdict.seconds = progress_clock() - began;
	return keep(j, st);
}

int prove_all(struct plan *p, struct store *st, double seconds)
{
	size_t done = 0;
	int err = ST_OK;

	for (size_t i = 0; i < p->n; i++)
		done += p->job[i].judged;
	run_for(seconds);
	for (size_t i = 0; !err && i < p->n; i++) {
		if (p->job[i].judged)
			continue;
		err = interrupted();
		if (!err)
			err = judge(p, st, i, done++);
	}
	return run_for_end(err);
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
