// SPDX-License-Identifier: GPL-2.0-only
/*
 * For b4 0.14 and newer, by way of tools/b4-check: it reads a line with "ERROR:" in it
 * as a failure, other lines as warnings, and nothing at all as success (b4's
 * LoreMessage.run_local_check(), as of b4 0.14.2).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "clean.h"
#include "commands.h"
#include "mailed.h"
#include "mem.h"
#include "outcome.h"
#include "proof.h"
#include "status.h"

/* All of standard input; the caller frees. */
static int read_mail(char **mail)
{
	size_t room = 0;
	ssize_t len;

	*mail = NULL;
	len = getdelim(mail, &room, '\0', stdin);
	if (len > 0 && (*mail)[len - 1])
		return ST_OK;
	return fail(ST_INPUT, "b4-check wants a patch as a mail on standard input");
}

/* A warning has nothing of what was found, which may well say "ERROR:". */
static void print_verdict(const struct job *j)
{
	const struct verdict *v = &j->verdict;
	bool failed = !is_well(v) && v->kind != V_FLAKY;
	autofree char *explain = ask_explain(j);
	autofree char *line = verdict_line(v);
	autofree char *text = clean(line);

	printf("%s: %s %s: %s (%s)", failed ? "ERROR" : "WARNING", j->subject->name,
	       j->check->name, verdict_name(v->kind), failure_name(v->failure));
	if (failed)
		printf(": %s", text);
	printf("; %s\n", explain);
}

static void print_outcome(const struct outcome *o, const struct mailed *m)
{
	const char *point = m->point->name;

	for (size_t i = 0; i < o->plan->n; i++) {
		const struct job *j = &o->plan->job[i];

		if (j->judged && (!is_well(&j->verdict) || j->verdict.kind == V_WARN))
			print_verdict(j);
	}
	if (o->all.left)
		printf("WARNING: %s: %zu of %zu checks are not judged; make test judges them\n",
		       point, o->all.left, o->plan->n);
	if (!m->worded)
		printf("WARNING: %s: mail and style are about another subject or message\n",
		       point);
}

/* What is known of the one point that @m is. */
static int answer(const struct work *w, struct store *st, const struct mailed *m)
{
	struct subject point = *m->point;
	const struct subjects one = { &point, 1 };
	struct outcome o = { 0 };
	struct plan p = { 0 };
	int err = plan_make(&p, &one, NULL, st);

	if (!err)
		err = outcome_recall(&o, &p, w, st);
	if (!err)
		print_outcome(&o, m);
	outcome_free(&o);
	plan_free(&p);
	return err;
}

static int check(const struct work *w, struct store *st, const char *mail)
{
	struct subjects all;
	struct mailed m;
	int err;

	subjects_of(w, &all);
	err = mailed_find(&m, &all, mail);
	if (!err && m.point)
		err = answer(w, st, &m);
	else if (!err)
		puts("ERROR: no patch of the stack has this diff, so nothing is known of it");
	subjects_free(&all);
	return err;
}

int cmd_b4_check(const char *root, char **args)
{
	autofree char *mail = NULL;
	struct proof p;
	int err = read_mail(&mail);

	if (err)
		return err;
	err = proof_open(&p, root);
	if (!err)
		err = check(&p.work, p.store, mail);
	proof_close(&p);
	return err;
}
