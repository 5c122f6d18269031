// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "console.h"
#include "ktap.h"
#include "mem.h"

enum { WORDS = 12 };	/* lines kept of what was said in front of a failure */

struct count {
	unsigned int passed, failed, skipped;
};

/* An open document. */
struct doc {
	char *prefix;
	char *name;		/* of a KUnit suite or case, from its header; or NULL */
	long plan;		/* -1: none yet */
	long seen;
	struct count total;
	char *failure;		/* the first in it */

	/* Since its last result: what the next one is about. */
	bool inner;		/* there was a document inside */
	struct count now;
	char *pending;		/* the first failure inside */
	char *words[WORDS];
	size_t nwords;		/* said; the last of them are kept */
};

struct result {
	bool ok;
	long number;
	char *name;
	const char *directive;	/* what stands after " # "; "" for nothing */
};

struct reader {
	struct ktap *k;
	struct doc *doc;	/* outermost first */
	size_t n;
	bool any;
};

static void problem(struct reader *r, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
static void problem(struct reader *r, const char *fmt, ...)
{
	va_list ap;
	size_t len;
	FILE *f;

	if (r->k->problem)
		return;
	f = xmemstream(&r->k->problem, &len);
	va_start(ap, fmt);
	vfprintf(f, fmt, ap);
	va_end(ap);
	fclose(f);
}

static void add(struct count *to, const struct count *c)
{
	to->passed += c->passed;
	to->failed += c->failed;
	to->skipped += c->skipped;
}

static void forget_words(struct doc *d)
{
	for (size_t i = 0; i < WORDS; i++) {
		free(d->words[i]);
		d->words[i] = NULL;
	}
	d->nwords = 0;
}

static void keep_word(struct doc *d, const char *line)
{
	char **at = &d->words[d->nwords++ % WORDS];

	free(*at);
	*at = xstrdup(line);
}

static char *join_words(const struct doc *d)
{
	size_t from = d->nwords > WORDS ? d->nwords - WORDS : 0, len;
	char *text;
	FILE *f;

	if (!d->nwords)
		return NULL;
	f = xmemstream(&text, &len);
	for (size_t i = from; i < d->nwords; i++)
		fprintf(f, "%s%s", i > from ? "\n" : "", d->words[i % WORDS]);
	fclose(f);
	return text;
}

/* KUnit generates the parameters of some cases one by one, and plans nothing then. */
static bool may_lack_plan(const struct doc *d)
{
	return strspn(d->prefix, " ") >= 8 && d->name;
}

static void check_end(struct reader *r, const struct doc *d, const char *name)
{
	if (d->inner)
		problem(r, "%s: ends without the result of a test inside", name);
	if (d->plan < 0 && !may_lack_plan(d))
		problem(r, "%s: no plan", name);
	if (d->plan >= 0 && d->plan != d->seen)
		problem(r, "%s: planned %ld tests, but %ld have a result", name,
			d->plan, d->seen);
}

/*
 * The innermost document is over; @by is the result that it belongs to, or NULL.
 * One that failed has said all there is to say of a document that broke off.
 */
static void close_doc(struct reader *r, const struct result *by)
{
	struct doc *d = &r->doc[--r->n], *outer = r->n ? d - 1 : NULL;

	if (!by || by->ok)
		check_end(r, d, d->name ? d->name : by ? by->name : "the last test");
	if (!d->failure) {
		d->failure = d->pending;
		d->pending = NULL;
	}
	add(&d->total, &d->now);
	if (outer) {
		outer->inner = true;
		add(&outer->now, &d->total);
	} else {
		r->k->passed += d->total.passed;
		r->k->failed += d->total.failed;
		r->k->skipped += d->total.skipped;
	}
	if (outer && !outer->pending)
		outer->pending = d->failure;
	else if (!outer && !r->k->failure)
		r->k->failure = d->failure;
	else
		free(d->failure);
	forget_words(d);
	free(d->pending);
	free(d->prefix);
	free(d->name);
}

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

/* The length of what stands in front of a version line; -1 when @line is none. */
static long version_prefix(const char *line)
{
	const char *p = line, *digits;

	while (*p == ' ' || begins(p, "# "))
		p++;
	digits = begins(p, "KTAP version ") ? p + 13 : begins(p, "TAP version ") ? p + 12 : NULL;
	if (!digits || !isdigit((unsigned char)*digits) ||
	    digits[strspn(digits, "0123456789")])
		return -1;
	return p - line;
}

static void open_doc(struct reader *r, const char *line, size_t len)
{
	struct doc *d;

	while (r->n) {
		const char *outer = r->doc[r->n - 1].prefix;

		if (strlen(outer) < len && begins(line, outer))
			break;
		close_doc(r, NULL);
	}
	d = array_more(r->doc, r->n);
	d->prefix = xstrndup(line, len);
	d->plan = -1;
	r->n++;
	r->any = true;
}

static bool read_plan(const char *s, long *plan)
{
	char *end;

	if (!begins(s, "1..") || !isdigit((unsigned char)s[3]))
		return false;
	*plan = strtol(s + 3, &end, 10);
	return !*end || begins(end, " #");
}

static bool read_result(const char *s, struct result *res)
{
	const char *hash;
	char *end;

	res->ok = begins(s, "ok ");
	if (!res->ok && !begins(s, "not ok "))
		return false;
	s += res->ok ? 3 : 7;
	if (!isdigit((unsigned char)*s))
		return false;
	res->number = strtol(s, &end, 10);
	if (*end && *end != ' ')
		return false;
	hash = strstr(end, " # ");
	res->directive = hash ? hash + 3 : "";
	s = begins(end, " - ") ? end + 3 : end + (*end && end != hash);
	if (!hash)
		hash = s + strlen(s);
	res->name = hash > s ? xstrndup(s, hash - s) : xasprintf("test %ld", res->number);
	return true;
}

/* Whether a directive is @word; text may follow. */
static bool directive(const struct result *res, const char *word)
{
	size_t n = strlen(word);

	return !strncasecmp(res->directive, word, n) &&
	       !isalnum((unsigned char)res->directive[n]);
}

static void note_failure(struct reader *r, struct doc *d, const char *name)
{
	char *full = d->pending ? xasprintf("%s: %s", name, d->pending) : xstrdup(name);

	if (!r->k->words)
		r->k->words = join_words(d);
	if (d->failure)
		free(full);
	else
		d->failure = full;
}

/*
 * A runner says it by a directive, kselftest_harness.h of a test with a limit of its
 * own in words, in front of the result.
 */
static bool timed_out(const struct doc *d, const struct result *res)
{
	if (directive(res, "TIMEOUT"))
		return true;
	for (size_t i = 0; i < WORDS && d->words[i]; i++)
		if (strstr(d->words[i], ": Test terminated by timeout"))
			return true;
	return false;
}

/* Count @res in d->now. */
static void judge(struct reader *r, struct doc *d, const struct result *res)
{
	bool empty = !(d->now.passed + d->now.failed + d->now.skipped);
	bool skip = directive(res, "SKIP") || directive(res, "XFAIL") ||
		    (!res->ok && directive(res, "TODO")) || (d->inner && empty && res->ok);

	if (d->now.failed && (res->ok || skip))
		problem(r, "%s: says ok, but %s inside failed", res->name, d->pending);
	if (skip && !d->now.failed) {
		d->now.skipped += d->now.passed + empty;
		d->now.passed = 0;
		if (!r->k->skip)
			r->k->skip = xasprintf("%s: %s", res->name, *res->directive ?
					       res->directive : "no test in it");
	} else if (res->ok && empty) {
		d->now.passed++;
	} else if (!res->ok && !skip && !d->now.failed) {
		d->now.failed++;
	}
	if (d->now.failed)
		note_failure(r, d, res->name);
	if (d->now.failed == 1 && timed_out(d, res))
		r->k->timeouts++;
}

static void add_top(struct ktap *k, const struct result *res, const struct count *c)
{
	struct ktap_top *top = array_more(k->top, k->ntop);

	*top = (struct ktap_top){
		.name = xstrdup(res->name), .ok = res->ok,
		.passed = c->passed, .failed = c->failed, .skipped = c->skipped,
	};
	k->ntop++;
}

static void take_result(struct reader *r, struct doc *d, const struct result *res)
{
	if (res->number != ++d->seen)
		problem(r, "%s: is number %ld, should be %ld", res->name, res->number,
			d->seen);
	judge(r, d, res);
	if (r->n == 1)
		add_top(r->k, res, &d->now);
	add(&d->total, &d->now);
	d->now = (struct count){ 0 };
	d->inner = false;
	free(d->pending);
	d->pending = NULL;
	forget_words(d);
}

static void take_plan(struct reader *r, struct doc *d, long plan)
{
	if (d->plan >= 0)
		problem(r, "%s: a second plan", d->name ? d->name : "a test");
	d->plan = plan;
}

/* Take @line for the document at @i, when it is one of its plans or results. */
static bool take_element(struct reader *r, size_t i, const char *line)
{
	const char *s = line + strlen(r->doc[i].prefix);
	struct result res;
	long plan;

	if (read_plan(s, &plan)) {
		while (r->n > i + 1)
			close_doc(r, NULL);
		take_plan(r, &r->doc[i], plan);
		return true;
	}
	if (!read_result(s, &res))
		return false;
	while (r->n > i + 1)
		close_doc(r, &res);
	take_result(r, &r->doc[i], &res);
	free(res.name);
	return true;
}

/* A line that is no element: words of the innermost document that it fits. */
static void take_words(struct reader *r, size_t i, const char *line)
{
	struct doc *d = &r->doc[i];
	const char *s = line + strlen(d->prefix);

	const char *inner = s + strspn(s, " \t");

	if (begins(s, "Bail out!"))
		problem(r, "%s", s);
	if (inner > s && begins(inner, "# Subtest: "))
		problem(r, "%s: no version", inner + 11);
	if (begins(s, "# Subtest: ") && !d->name && !d->seen)
		d->name = xstrdup(s + 11);
	else if (*d->prefix || *s == '#')
		keep_word(d, line);
}

static void take_line(struct reader *r, const char *line)
{
	long len = version_prefix(line);

	if (len >= 0) {
		open_doc(r, line, len);
		return;
	}
	for (size_t i = r->n; i-- > 0; )
		if (begins(line, r->doc[i].prefix) && take_element(r, i, line))
			return;
	for (size_t i = r->n; i-- > 0; ) {
		if (!begins(line, r->doc[i].prefix))
			continue;
		take_words(r, i, line);
		return;
	}
}

void ktap_read(struct ktap *k, const char *text)
{
	struct reader r = { .k = k };
	char *line;

	*k = (struct ktap){ 0 };
	while ((line = console_line(&text))) {
		take_line(&r, line);
		free(line);
	}
	while (r.n)
		close_doc(&r, NULL);
	if (!r.any)
		problem(&r, "no test results at all");
	free(r.doc);
}

void ktap_free(struct ktap *k)
{
	for (size_t i = 0; i < k->ntop; i++)
		free(k->top[i].name);
	free(k->top);
	free(k->failure);
	free(k->words);
	free(k->skip);
	free(k->problem);
	*k = (struct ktap){ 0 };
}

const struct ktap_top *ktap_find(const struct ktap *k, const char *name)
{
	for (size_t i = 0; i < k->ntop; i++)
		if (!strcmp(k->top[i].name, name))
			return &k->top[i];
	return NULL;
}
