// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>

#include "alone.h"
#include "aside.h"
#include "file.h"
#include "judge.h"
#include "kernel.h"
#include "mem.h"
#include "status.h"

/* How many complaints a person wants to see. */
#define SHOWN 3

/* Raise it when a verdict of alone_try() comes to mean something else. */
#define VERSION 1

/* The series of @a, ending at @at, as it would be judged there. */
static struct subject subject_of(const struct alone *a, const struct point *parent,
				 const struct point *at)
{
	const struct series *s = &a->work->stack.series[a->series];

	return (struct subject){
		.name = s->slug, .work = a->work, .series = s, .nr = s->files.n,
		.patch = &s->patch[s->files.n - 1], .tip = true, .at = *at, .parent = *parent,
	};
}

static void add_touches(struct alone *a, const struct kbuild_point *pt, const struct users *us)
{
	autofree const char **object = NULL;
	struct touches *t = array_more(a->touches, a->ntouches);
	size_t n;

	a->ntouches++;
	*t = (struct touches){ .config = pt->config };
	users_sample(us, &object, &n);
	for (; t->n < n; t->n++)
		*array_more(t->object, t->n) = xstrdup(object[t->n]);
}

/* What is made, in the tip that @pt is, of all files that the series changes. */
static int find_objects(struct alone *a, const struct kbuild_point *pt, const struct oid *parent)
{
	struct users us = { 0 };
	char **source;
	size_t n;
	int err = ktree_sources(pt->project, parent, pt->commit, &source, &n);

	if (!err)
		err = built_users(pt, source, n, &us);
	if (!err)
		add_touches(a, pt, &us);
	names_free(source, n);
	users_free(&us);
	return err;
}

static int find_in(struct alone *a, const struct subject *tip, const char *config)
{
	const struct work *w = a->work;
	struct kernel k;
	struct built b;
	int err;

	kernel_of(tip, config, NULL, &k);
	err = built_have(&k.point, &b);
	if (!err && b.now.made != MADE)
		err = fail(ST_FAILED, "%s does not build for %s in the stack, so nothing can be said of it alone; `make test` shows why",
			   tip->name, config);
	if (!err)
		err = find_objects(a, &k.point, &work_parent(w, a->series)->commit);
	built_free(&b);
	kernel_done(&k);
	return err;
}

int alone_find(struct alone *a, const struct work *w, size_t i)
{
	const struct applied *applied = &w->applied[i];
	const struct configs *cs = &w->configs;
	struct subject tip;
	int err = ST_OK;

	*a = (struct alone){ .work = w, .series = i };
	tip = subject_of(a, applied->n > 1 ? &applied->point[applied->n - 2] : &applied->parent,
			 applied_tip(applied));
	for (size_t c = 0; !err && c < cs->n; c++)
		if (!config_variant(cs->name[c]) && kernel_about(tip.series, cs->name[c]))
			err = find_in(a, &tip, cs->name[c]);
	return err;
}

void alone_free(struct alone *a)
{
	for (size_t i = 0; i < a->ntouches; i++)
		names_free(a->touches[i].object, a->touches[i].n);
	free(a->touches);
	*a = (struct alone){ 0 };
}

/* A patch that does not apply is a verdict, with the words of the message. */
static int apply_on(const struct alone *a, const struct point *parent, struct point *tip,
		    struct verdict *v)
{
	const struct work *w = a->work;
	struct applied applied;
	char *text;
	size_t len;
	FILE *f = xmemstream(&text, &len);
	int err;

	status_divert(f);
	err = apply_series(&w->project, &w->stack.series[a->series], parent, &applied);
	status_divert(NULL);
	fclose(f);
	*tip = err ? *parent : *applied_tip(&applied);
	if (err == ST_APPLY)
		err = verdict(v, V_FAIL, FAIL_APPLY, "%s", text);
	else if (err)
		fail(err, "%s", text);
	else
		verdict(v, V_PASS, FAIL_NONE, "it applies");
	applied_free(&applied);
	free(text);
	return err;
}

static char *errors_of(const struct output *o)
{
	struct warnings errors = { 0 };
	char *text;

	for (size_t i = 0; o && i < o->warnings.n; i++) {
		if (!o->warnings.w[i].error)
			continue;
		warning_copy(array_more(errors.w, errors.n), &o->warnings.w[i]);
		errors.n++;
	}
	text = errors.n ? warnings_text(&errors, SHOWN) : xstrdup("there is no rule to make it, or make did not say why");
	warnings_free(&errors);
	return text;
}

static int compile(const struct touches *t, const struct kbuild_point *pt, struct verdict *v)
{
	const struct aside beside = { .name = "alone", .point = pt };
	const char *const *object = (const char *const *)t->object;
	autofree char *wrong = NULL;
	autofree char *errors = NULL;
	const char *missing;
	struct said said;
	int err = aside_run(&beside, false, object, t->n, &said, &wrong);

	missing = err || wrong ? NULL : judge_left_over(&said, object, t->n);
	if (missing)
		errors = errors_of(said_by(&said, missing));
	if (!err && wrong)
		verdict(v, V_FAIL, FAIL_CONFIG, "configs/kernel/%s.config does not hold: %s",
			t->config, wrong);
	else if (missing)
		verdict(v, V_FAIL, FAIL_BUILD, "%s for %s: %s", missing, t->config, errors);
	said_free(&said);
	return err;
}

static void add_objects(struct key *k, const struct touches *t)
{
	autofree char *text = NULL;
	size_t len;
	FILE *f = xmemstream(&text, &len);

	for (size_t i = 0; i < t->n; i++)
		fprintf(f, "%s\n", t->object[i]);
	fclose(f);
	key_add_data(k, "objects", text, len);
}

/* Compile, unless @st knows what comes of it: the verdict on a build, kept as any other. */
static int compile_once(const struct alone *a, const struct touches *t,
			const struct kbuild_point *pt, struct store *st, struct verdict *v)
{
	struct hash build, h;
	struct key key = { 0 };
	bool known;
	int err = built_inputs(pt, &build);

	if (err)
		return err;
	key_add(&key, "check", "alone %d", VERSION);
	key_add(&key, "build", "%s", build.hex);
	add_objects(&key, t);
	key_hash(&key, &h);
	verdict_free(v);
	err = store_get(st, &h, v, &known);
	if (!err && !known) {
		verdict(v, V_PASS, FAIL_NONE, "it applies, and what it touches compiles");
		err = compile(t, pt, v);
		if (!err)
			err = store_put(st, pt->name, "alone", &key, v);
	}
	key_free(&key);
	return err;
}

int alone_try(const struct alone *a, const struct point *parent, struct store *st,
	      struct point *tip, struct verdict *v)
{
	struct subject s;
	int err = apply_on(a, parent, tip, v);

	s = subject_of(a, parent, tip);
	for (size_t i = 0; !err && v->kind == V_PASS && i < a->ntouches; i++) {
		const struct touches *t = &a->touches[i];
		struct kernel k;

		kernel_of(&s, t->config, NULL, &k);
		/* Tests are not part of what a series needs. */
		k.point.nlaid = 0;
		if (t->n)
			err = compile_once(a, t, &k.point, st, v);
		kernel_done(&k);
	}
	return err;
}
