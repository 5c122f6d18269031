// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "budget.h"
#include "commands.h"
#include "mem.h"
#include "mutant.h"
#include "plain.h"
#include "progress.h"
#include "proof.h"
#include "run.h"
#include "status.h"

static int run_one(struct mutants *all, size_t i, struct store *st)
{
	struct mutant *m = &all->mutant[i];
	autofree char *step = xasprintf("[%zu/%zu] %s by %s", i + 1, all->n, m->name,
					m->check->name);
	int err;

	progress_begin(step);
	err = mutant_run(m, st);
	progress_end();
	return err;
}

static int run_all(struct mutants *all, struct store *st, double seconds)
{
	int err = ST_OK;

	run_for(seconds);
	for (size_t i = 0; !err && i < all->n; i++) {
		if (all->mutant[i].judged)
			continue;
		err = interrupted();
		if (!err)
			err = run_one(all, i, st);
	}
	return run_for_end(err);
}

static void print_failure(const struct verdict *v)
{
	printf("%s: ", v->kind == V_FAIL ? "SURVIVED" : "VOID");
	plain_print(stdout, v->text, strlen(v->text));
	putchar('\n');
}

/* "<mutant>  <how often caught>  <seconds>  <by what>" */
static void print_one(const struct mutant *m)
{
	const struct verdict *v = &m->verdict;
	const char *by = m->judged ? strchr(v->text, '\n') : NULL;

	printf("%-52s ", m->name);
	if (!m->judged)
		printf("?\n");
	else if (v->kind == V_PASS)
		printf("%-9.*s %6.1f s  %s\n", (int)(by - v->text), v->text, v->seconds, by + 1);
	else
		print_failure(v);
}

static int report(const struct mutants *all)
{
	size_t caught = 0, left = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct mutant *m = &all->mutant[i];

		print_one(m);
		caught += m->judged && m->verdict.kind == V_PASS;
		left += !m->judged;
	}
	printf("%zu caught, %zu not caught, %zu not run\n", caught, all->n - caught - left, left);
	if (caught + left < all->n)
		return ST_FAILED;
	return left ? ST_NOT_PROVED : ST_OK;
}

static int mutants(const struct work *w, const char *slug, struct store *st)
{
	struct mutants all = { 0 };
	double seconds;
	int stopped, err = budget(&seconds);

	if (!err)
		err = mutants_make(&all, w, slug, st);
	if (!err) {
		stopped = run_all(&all, st, seconds);
		err = report(&all);
		if (stopped)
			err = stopped;
	}
	mutants_free(&all);
	return err;
}

int cmd_mutants(const char *root, char **args)
{
	struct proof p;
	size_t i;
	int err;

	err = proof_open(&p, root);
	if (!err && args[0])
		err = stack_find(&p.work.stack, args[0], &i);
	if (!err)
		err = mutants(&p.work, args[0], p.store);
	proof_close(&p);
	return err;
}
