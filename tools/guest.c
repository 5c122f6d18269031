// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "console.h"
#include "guest.h"
#include "ktap.h"
#include "mem.h"
#include "progress.h"
#include "run.h"
#include "status.h"

enum {
	MOST = 16 << 20,	/* bytes of a console; lockdep and KASAN with all tests take one */
	SHOWN = 2000,		/* bytes of it that a person is shown */
};

int guest_run(struct guest *g, const struct machine *m, const char *kernel,
	      const char *initramfs, unsigned int seconds)
{
	char **argv = machine_argv(m, kernel, initramfs);
	struct run r = {
		.argv = (const char *const *)argv,
		.timeout = machine_limit(m, seconds),
		.most = MOST,
	};
	double begin = progress_clock();
	int err = run(&r);

	argv_free(argv);
	*g = (struct guest){ 0 };
	if (err)
		return err;
	for (size_t i = 0; i < r.out_len; i++)
		if (!r.out[i])
			r.out[i] = ' ';
	g->text = r.out;
	g->said = r.err;
	g->seconds = progress_clock() - begin;
	g->status = r.status;
	g->timed_out = r.timed_out;
	g->flooded = r.flooded;
	return ST_OK;
}

void guest_free(struct guest *g)
{
	free(g->text);
	free(g->said);
	*g = (struct guest){ 0 };
}

/* What the init said of itself, and the console's text cut at that. */
struct marks {
	const char *begin;	/* where its part begins and ends in the text; NULL: not there */
	const char *end;
	long tests;		/* as its end line says */
	long lines;		/* that the log has had before it, as that says too; -1: unknown */
	long lost;		/* how many of those are not there */
	char *problem;
	char *unfit;
	char *stuck;
	const char *gave_up;	/* where it said so; NULL: not there */
	char *last;		/* the last line that is not empty */
};

static bool begins(const char *line, const char *with)
{
	return !strncmp(line, with, strlen(with));
}

/*
 * The lines of the kernel's log in a console.  Those that the console breaks in two, or
 * that an emulator adds, make no more of them, so none can stand for one that is lost.
 */
static long logged_lines(const char *text, const char *end)
{
	long n = 0;

	for (; text < end; text++) {
		n += console_is_stamped(text);
		text = memchr(text, '\n', end - text);
		if (!text)
			break;
	}
	return n;
}

static void read_end(struct marks *m, const char *numbers, const char *text, const char *at)
{
	m->end = at;
	m->lines = -1;
	sscanf(numbers, "%ld %ld", &m->tests, &m->lines);
	if (m->lines >= 0)
		m->lost = m->lines - logged_lines(text, at);
}

static void read_mark(struct marks *m, const char *text, const char *line, const char *at,
		      const char *next)
{
	if (!strcmp(line, "guest: begin") && !m->begin)
		m->begin = next;
	if (begins(line, "guest: end ") && m->begin && !m->end)
		read_end(m, line + 11, text, at);
	if (begins(line, "guest: problem: ") && !m->problem)
		m->problem = xstrdup(line + 16);
	if (begins(line, "guest: unfit: ") && !m->unfit)
		m->unfit = xstrdup(line + 14);
	if (begins(line, "guest: stuck: ") && !m->stuck) {
		m->stuck = xstrdup(line + 14);
		m->gave_up = at;
	}
}

static void read_marks(struct marks *m, const char *text)
{
	const char *at = text, *next = text;
	char *line;

	*m = (struct marks){ 0 };
	for (; (line = console_line(&next)); at = next) {
		read_mark(m, text, line, at, next);
		if (line[strspn(line, " ")]) {
			free(m->last);
			m->last = line;
		} else {
			free(line);
		}
	}
}

static void free_marks(struct marks *m)
{
	free(m->problem);
	free(m->unfit);
	free(m->stuck);
	free(m->last);
}

static const char *what_it_said(const struct guest *g)
{
	return *g->said ? g->said : "nothing";
}

/* The first complaint, or else the last line; as much of that as a person is shown. */
static char *last_said(const struct console *c, const struct marks *m)
{
	const char *text = c->context ? c->context : m->last ? m->last : "nothing";

	return xstrndup(text, SHOWN);
}

/* The guest has no end line, and did not say why itself. */
static int judge_no_end(const struct guest *g, const struct marks *m,
			const struct console *c, struct verdict *v)
{
	autofree char *last = last_said(c, m);

	if (g->timed_out)
		return verdict(v, V_FAIL, FAIL_TIMEOUT, "%s within %.0f seconds; last on its console:\n%s",
			       m->begin ? "the tests did not end" : "the init did not begin",
			       g->seconds, last);
	if (g->status)
		return verdict(v, V_VOID, FAIL_INFRA, "the emulator ended with status %d and said: %s",
			       g->status, what_it_said(g));
	if (!m->last)
		return verdict(v, V_VOID, FAIL_BOOT, "the guest printed nothing");
	if (!m->begin)
		return verdict(v, V_FAIL, FAIL_BOOT, "the guest ended before its init began; last on its console:\n%s",
			       last);
	return verdict(v, V_VOID, FAIL_BOOT, "the guest ended before its tests did; last on its console:\n%s",
		       last);
}

static int judge_flood(const struct console *c, const struct marks *m, struct verdict *v)
{
	autofree char *last = last_said(c, m);

	return verdict(v, V_VOID, FAIL_BOOT, "the guest was stopped when it had printed %d MiB; on its console:\n%s",
		       MOST >> 20, last);
}

/* Whether the guest got to its end; the verdict when it did not. */
static bool got_to_end(const struct guest *g, const struct marks *m,
		       const struct console *c, struct verdict *v)
{
	if (c->kind == CONSOLE_PANIC)
		verdict(v, V_FAIL, FAIL_PANIC, "%s", c->context);
	else if (g->flooded)
		judge_flood(c, m, v);
	else if (m->stuck)
		verdict(v, V_FAIL, FAIL_TIMEOUT, "a process of %s could not be killed\n%s", m->stuck,
			c->context ? c->context : "");
	else if (m->problem)
		verdict(v, V_FAIL, FAIL_BOOT, "the guest is not what was asked for: %s", m->problem);
	else if (m->unfit)
		verdict(v, V_VOID, FAIL_BOOT, "the machine is not fit for this: %s", m->unfit);
	else if (!m->end)
		judge_no_end(g, m, c, v);
	else if (g->timed_out)
		verdict(v, V_FAIL, FAIL_TIMEOUT, "the guest did not power off within %.0f seconds",
			g->seconds);
	else if (g->status)
		verdict(v, V_VOID, FAIL_INFRA, "after the guest's end the emulator ended with status %d and said: %s",
			g->status, what_it_said(g));
	else
		return true;
	return false;
}

/* What is on a console that lost lines counts, but what is not there proves nothing. */
static void judge_lost(const struct marks *m, struct verdict *v)
{
	if (v->kind == V_FAIL)
		return;
	if (m->lines < 0)
		verdict(v, V_VOID, FAIL_INFRA, "how many lines the console should have is unknown");
	else if (m->lost > 0)
		verdict(v, V_VOID, FAIL_INFRA, "%ld of %ld lines are not on the console", m->lost,
			m->lines);
}

static int judge_console(const struct console *c, struct verdict *v)
{
	switch (c->kind) {
	case CONSOLE_STALL:
		return verdict(v, V_FAIL, FAIL_TIMEOUT, "%s", c->context);
	case CONSOLE_SPLAT:
	case CONSOLE_PANIC:
		return verdict(v, V_FAIL, FAIL_PANIC, "%s", c->context);
	case CONSOLE_LOST:
		return verdict(v, V_VOID, FAIL_INFRA, "the console is not complete: %s", c->line);
	case CONSOLE_CLEAN:
		break;
	}
	return verdict(v, V_PASS, FAIL_NONE, "no complaint on the console");
}

/* The first of @names that has no result with a case that passed; NULL when all have. */
static const char *first_missing(const struct ktap *k, const char *const *names)
{
	for (; names && *names; names++) {
		const struct ktap_top *top = ktap_find(k, *names);

		if (!top || !top->passed)
			return *names;
	}
	return NULL;
}

static int judge_ktap(const struct ktap *k, const char *const *names, struct verdict *v)
{
	const char *missing = first_missing(k, names);

	if (k->failed)
		return verdict(v, V_FAIL, k->timeouts == k->failed ? FAIL_TIMEOUT : FAIL_TEST,
			       "%s%s%s%s%s", k->failure,
			       k->words ? "\n" : "", k->words ? k->words : "",
			       k->problem ? "\nalso: " : "", k->problem ? k->problem : "");
	if (k->problem)
		return verdict(v, V_VOID, FAIL_TEST, "results that make no sense: %s", k->problem);
	if (missing)
		return verdict(v, V_VOID, FAIL_TEST, "%s: %s", missing,
			       ktap_find(k, missing) ? "no case of it passed" : "did not run");
	if (!k->passed)
		return verdict(v, V_VOID, FAIL_TEST, "nothing was tested: %s",
			       k->skip ? k->skip : "no test ran");
	return verdict(v, V_PASS, FAIL_NONE, "%u passed, %u skipped", k->passed, k->skipped);
}

static void read_results(const struct guest *g, const struct marks *m, enum guest_part part,
			 struct ktap *k)
{
	const char *from = part == GUEST_KUNIT ? g->text : m->begin;
	const char *to = part == GUEST_KUNIT ? m->begin : m->end;
	autofree char *text = from && to ? xstrndup(from, to - from) : xstrdup("");

	ktap_read(k, text);
}

static int judge_results(const struct guest *g, const struct marks *m, enum guest_part part,
			 const char *const *names, struct verdict *v)
{
	struct ktap k;

	read_results(g, m, part, &k);
	if (part == GUEST_TESTS && !k.problem && (size_t)m->tests != k.ntop)
		verdict(v, V_VOID, FAIL_TEST, "the init counted %ld tests, %zu have a result",
			m->tests, k.ntop);
	else
		judge_ktap(&k, names, v);
	ktap_free(&k);
	return ST_OK;
}

/* An init that has given up panics if it has to: only what comes before that counts. */
static void scan(struct console *c, const struct guest *g, const struct marks *m)
{
	autofree char *text = m->gave_up ? xstrndup(g->text, m->gave_up - g->text) : NULL;

	console_scan(c, text ? text : g->text);
}

int guest_judge(const struct guest *g, enum guest_part part, const char *const *names,
		struct verdict *v)
{
	struct console c;
	struct marks m;

	read_marks(&m, g->text);
	scan(&c, g, &m);
	if (got_to_end(g, &m, &c, v)) {
		if (part == GUEST_CONSOLE)
			judge_console(&c, v);
		else
			judge_results(g, &m, part, names, v);
		judge_lost(&m, v);
	}
	v->seconds = g->seconds;
	console_free(&c);
	free_marks(&m);
	return ST_OK;
}

void guest_results(const struct guest *g, enum guest_part part, struct ktap *k)
{
	struct marks m;

	read_marks(&m, g->text);
	read_results(g, &m, part, k);
	free_marks(&m);
}
