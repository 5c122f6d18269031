// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "booted.h"
#include "file.h"
#include "kernel.h"
#include "list.h"
#include "mem.h"
#include "mutant.h"
#include "outside.h"
#include "plant.h"
#include "progress.h"
#include "status.h"

#define MOST_RUNS 1000

/* What stands after "<name>: " in a line above the diff; NULL: nothing.  The caller frees. */
static char *header(const char *text, const char *name)
{
	size_t len = strlen(name);

	for (; *text && strncmp(text, "diff --git ", 11);
	     text += strcspn(text, "\n"), text += *text == '\n')
		if (!strncmp(text, name, len) && !strncmp(text + len, ": ", 2))
			return xstrndup(text + len + 2, strcspn(text + len + 2, "\n"));
	return NULL;
}

/*
 * Where the question @ask is asked of @s: on @machine, or on the first one, and UML
 * before others because nothing is quicker.
 */
static const struct check *place(const struct checks *all, const struct subject *s,
				 const char *ask, const char *machine)
{
	const struct check *first = NULL;

	for (size_t i = 0; i < all->n; i++) {
		const struct check *c = &all->check[i];
		size_t len = strcspn(c->name, "@");

		if (strlen(ask) != len || strncmp(c->name, ask, len) || !c->applies(c, s))
			continue;
		if (machine ? !strcmp(strchr(c->name, '@') + 1, machine) :
			      !strcmp(c->config, "um"))
			return c;
		if (!first && !config_variant(c->config))
			first = c;
	}
	return machine ? NULL : first;
}

/* A test from outside lies in a directory of its own; a kselftest is a program's name. */
static const char *question_of(const struct mutant *m, const char *kind)
{
	if (!strcmp(kind, "kunit"))
		return "kunit";
	return m->test && strchr(m->test, '/') != strrchr(m->test, '/') ? "outside" : "kselftest";
}

static int read_headers(struct mutants *all, struct mutant *m, const char *kind)
{
	autofree char *text = NULL;
	autofree char *machine = NULL;
	autofree char *runs = NULL;
	const char *ask;
	char *end = "";
	int err = file_read(m->path, &text, NULL);

	if (err)
		return err;
	machine = header(text, "On");
	runs = header(text, "Runs");
	m->test = header(text, "Test");
	m->subject.words = m->words = header(text, "Words");
	m->runs = runs ? strtoul(runs, &end, 10) : 1;
	if (*end || !m->runs || m->runs > MOST_RUNS)
		return fail(ST_INPUT, "%s: Runs: \"%s\" is not a number up to %d", m->path, runs,
			    MOST_RUNS);
	ask = question_of(m, kind);
	m->check = place(&all->checks, &m->subject, ask, machine);
	if (!m->check)
		return fail(ST_INPUT, "%s: there is no %s to ask%s%s", m->path, ask,
			    machine ? " on " : "", machine ? machine : "");
	return ST_OK;
}

/* What its verdict depends on, as it is now; the caller calls key_free(). */
static int key_of(const struct mutant *m, struct key *k)
{
	autofree char *text = NULL;
	int err = file_read(m->path, &text, NULL);

	*k = (struct key){ 0 };
	if (err)
		return err;
	key_add_data(k, "mutant", text, strlen(text));
	key_add(k, "check", "%s %s", m->check->name, m->check->digest);
	return m->check->inputs(m->check, &m->subject, k);
}

static int look_up(struct mutant *m, struct store *st)
{
	struct hash h;
	int err = key_of(m, &m->key);

	if (err)
		return err;
	key_hash(&m->key, &h);
	return store_get(st, &h, &m->verdict, &m->judged);
}

/* The mutant is judged as a tip would be, but alone: by the tests of its series. */
static int add(struct mutants *all, const struct subject *tip, const char *kind,
	       const char *file, struct store *st)
{
	const struct work *w = tip->work;
	const char *slug = tip->series->slug;
	struct mutant *m = array_more(all->mutant, all->n);
	int err;

	all->n++;
	*m = (struct mutant){ .subject = *tip };
	m->path = xasprintf("%s/%s/%s/mutants/%s", w->project.root, kind, slug, file);
	m->name = xasprintf("%s/%s/%.*s", kind, slug, (int)strlen(file) - 5, file);
	m->subject.name = m->name;
	err = read_headers(all, m, kind);
	if (!err)
		err = plant(&w->project, &tip->at, m->path, &m->subject.at);
	m->subject.patch = NULL;
	return err ? err : look_up(m, st);
}

static bool is_diff(const char *file)
{
	size_t len = strlen(file);

	return len > 5 && !strcmp(file + len - 5, ".diff");
}

static int add_kind(struct mutants *all, const struct subject *tip, const char *kind,
		    struct store *st)
{
	autofree char *dir = xasprintf("%s/%s/%s/mutants", tip->work->project.root, kind,
				       tip->series->slug);
	char **file;
	size_t n;
	int err;

	if (!dir_exists(dir))
		return ST_OK;
	err = dir_names(dir, &file, &n);
	for (size_t i = 0; !err && i < n; i++)
		if (is_diff(file[i]))
			err = add(all, tip, kind, file[i], st);
	names_free(file, n);
	return err;
}

/* Those that nobody runs do not go stale: each is planted. */
static int check_unseen(const struct subject *tip, const char *kind)
{
	const struct project *p = &tip->work->project;
	autofree char *dir = xasprintf("%s/%s/%s/mutants/unseen", p->root, kind,
				       tip->series->slug);
	struct point at;
	char **file;
	size_t n;
	int err;

	if (!dir_exists(dir))
		return ST_OK;
	err = dir_names(dir, &file, &n);
	for (size_t i = 0; !err && i < n; i++) {
		autofree char *path = xasprintf("%s/%s", dir, file[i]);

		err = plant(p, &tip->at, path, &at);
	}
	names_free(file, n);
	return err;
}

static int add_series(struct mutants *all, const struct subject *tip, struct store *st)
{
	static const char *const kinds[] = { "kunit", "selftests" };
	int err = ST_OK;

	for (size_t i = 0; !err && i < sizeof(kinds) / sizeof(*kinds); i++) {
		err = add_kind(all, tip, kinds[i], st);
		if (!err)
			err = check_unseen(tip, kinds[i]);
	}
	return err;
}

int mutants_make(struct mutants *all, const struct work *w, const char *slug,
		 struct store *st)
{
	struct subjects points;
	int err = ST_OK;

	*all = (struct mutants){ 0 };
	checks_of(&w->configs, &all->checks);
	subjects_of(w, &points);
	for (size_t i = 0; !err && i < points.n; i++) {
		const struct subject *s = &points.subject[i];

		if (!s->series || !s->tip || (slug && strcmp(slug, s->series->slug)))
			continue;
		err = add_series(all, s, st);
	}
	subjects_free(&points);
	return err;
}

void mutants_free(struct mutants *all)
{
	for (size_t i = 0; i < all->n; i++) {
		free(all->mutant[i].name);
		free(all->mutant[i].path);
		free(all->mutant[i].test);
		free(all->mutant[i].words);
		key_free(&all->mutant[i].key);
		verdict_free(&all->mutant[i].verdict);
	}
	free(all->mutant);
	checks_free(&all->checks);
	*all = (struct mutants){ 0 };
}

/* What of a guest's verdict says that a test saw the defect; NULL: nothing did. */
static char *caught_by(const struct booted *b, enum guest_part part, const struct verdict *v)
{
	struct ktap k;
	char *by;

	if (v->kind == V_PASS)
		return NULL;
	guest_results(&b->boot.guest, part, &k);
	by = xstrdup(k.failure ? k.failure : v->text);
	by[strcspn(by, "\n")] = '\0';
	ktap_free(&k);
	return by;
}

/* The same for a test from outside. */
static int look_once(const struct mutant *m, const struct kbuild_point *pt, char **by,
		     struct verdict *v)
{
	const char *slug = m->subject.series->slug;
	int err = outside_run(pt, slug, m->subject.nr, m->test + strlen(slug) + 1, v);

	*by = err || v->kind == V_PASS ? NULL : xstrndup(v->text, strcspn(v->text, "\n"));
	return err;
}

/* One run; *@by is NULL when the defect was not seen, else the caller's to free. */
static int run_once(const struct mutant *m, const struct kbuild_point *pt, char **by,
		    struct verdict *v)
{
	enum guest_part part = strncmp(m->check->name, "kunit", 5) ? GUEST_TESTS : GUEST_KUNIT;
	struct booted b;
	const struct booted_test test = { m->test };
	int err = m->test ? booted_with(pt, &test, false, &b) : booted_have(pt, false, false, &b);

	*by = NULL;
	if (err)
		goto out;
	if (b.kernel->made != MADE) {
		verdict(v, V_VOID, FAIL_BUILD, "with it there is no kernel to run:\n%s", b.kernel->why);
		goto out;
	}
	if (m->test && b.tests.n != 1) {
		verdict(v, V_VOID, FAIL_TEST, "there is no test %s", m->test);
		goto out;
	}
	guest_judge(&b.boot.guest, part, NULL, v);
	*by = caught_by(&b, part, v);
	if (!*by) {
		guest_judge(&b.boot.guest, GUEST_CONSOLE, NULL, v);
		*by = caught_by(&b, GUEST_CONSOLE, v);
	}
out:
	booted_free(&b);
	return err;
}

/* Whether a run proved nothing either way: no kernel, no test, a machine that failed. */
static bool proved_nothing(const struct verdict *v)
{
	return v->kind == V_VOID && (v->failure == FAIL_BUILD || v->failure == FAIL_INFRA ||
				     v->failure == FAIL_TEST);
}

static int run_all(struct mutant *m, struct kbuild_point *pt)
{
	autofree char *first = NULL;
	unsigned int caught = 0;
	struct verdict v = { 0 };
	int err = ST_OK;

	for (unsigned int i = 0; !err && i < m->runs && !proved_nothing(&v); i++) {
		char *by;

		pt->run = i;
		err = m->check->machine ? run_once(m, pt, &by, &v) : look_once(m, pt, &by, &v);
		caught += !!by;
		if (!first)
			first = by;
		else
			free(by);
	}
	if (!err && proved_nothing(&v))
		verdict(&m->verdict, V_VOID, v.failure, "%s", v.text);
	else if (!err && caught)
		verdict(&m->verdict, V_PASS, FAIL_NONE, "%u of %u\n%s", caught, m->runs, first);
	else if (!err)
		verdict(&m->verdict, V_FAIL, FAIL_TEST, "survived %u %s", m->runs,
			m->runs == 1 ? "run" : "runs");
	verdict_free(&v);
	return err;
}

/* An edit meanwhile makes a verdict about neither the old nor the new. */
static int keep(struct mutant *m, struct store *st)
{
	struct key now;
	int err = key_of(m, &now);

	if (!err && key_same(&m->key, &now))
		err = store_put(st, m->name, m->check->name, &m->key, &m->verdict);
	else if (!err)
		verdict(&m->verdict, V_VOID, FAIL_INFRA, "its files were edited meanwhile; run again");
	key_free(&now);
	return err;
}

int mutant_run(struct mutant *m, struct store *st)
{
	double began = progress_clock();
	struct kernel k;
	int err;

	kernel_of(&m->subject, m->check->config, m->check->machine, &k);
	err = run_all(m, &k.point);
	kernel_done(&k);
	if (err)
		return err;
	m->judged = true;
	m->verdict.seconds = progress_clock() - began;
	return m->verdict.kind == V_VOID ? ST_OK : keep(m, st);
}
