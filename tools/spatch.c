// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"
#include "run.h"
#include "said.h"
#include "spatch.h"
#include "status.h"

/* Much more than the largest file takes, and still an end. */
#define SECONDS 3600

/* What coccicheck would take from the user's environment. */
#define PLAIN "SPATCH=spatch", "COCCI=", "SPFLAGS=", "V=", "DEBUG_FILE=", "LINUXINCLUDE=", \
	"KBUILD_EXTMOD="

/* The semantic patch that was begun last: coccicheck prints each command. */
static char *last_rule(const char *out)
{
	static const char option[] = " --cocci-file ";
	const char *last = NULL;

	while ((out = strstr(out, option))) {
		out += sizeof(option) - 1;
		last = out;
	}
	return last ? xstrndup(last, strcspn(last, " \n")) : xstrdup("no semantic patch");
}

static char *why_not(const char *what, const struct run *r)
{
	if (r->timed_out)
		return xasprintf("%s took more than %d seconds", what, SECONDS);
	return xasprintf("%s ended with status %d and said: %s", what, r->status, run_why(r));
}

/* "nb good = 3737,  nb bad = 0 =========> 100.00% good or passed" */
static bool read_counts(const char *text, struct spatched *s)
{
	while ((text = strstr(text, "nb good = ")))
		if (sscanf(text++, "nb good = %u, nb bad = %u", &s->read, &s->unread) == 2)
			return true;
	return false;
}

/* A file that spatch cannot parse has nothing to complain of: count what it read. */
static int count(const char *dir, const char *path, struct spatched *s, char **wrong)
{
	struct run r = {
		.dir = dir, .timeout = SECONDS,
		.argv = (const char *[]){ "spatch", "--parse-c", path, NULL },
	};
	int err = run(&r);

	if (!err && (r.status || (!read_counts(r.out, s) && !read_counts(r.err, s))))
		*wrong = why_not("spatch --parse-c", &r);
	run_free(&r);
	return err;
}

static void hear(char *out, const char *source, struct warnings *found)
{
	char *line;

	while ((line = strsep(&out, "\n")))
		warnings_hear_spatch(found, line, source);
}

/*
 * How many coccichecks share the semantic patches, each of which reads the file anew:
 * with C=1, coccicheck itself takes one processor.
 */
static size_t parts(const struct list *rules)
{
	size_t processors = sysconf(_SC_NPROCESSORS_ONLN);

	return processors < rules->n ? processors : rules->n;
}

static char *part_dir(const char *dir, size_t nr)
{
	return xasprintf("%s/part-%zu", dir, nr);
}

/* coccicheck runs all that is below scripts/coccinelle/: copy what is to be run. */
static int copy_rule(const char *tree, const char *rule, const char *to, char **wrong)
{
	autofree char *from = xasprintf("%s/scripts/coccinelle/%s", tree, rule);
	autofree char *copy = xasprintf("%s/scripts/coccinelle/%s", to, rule);
	autofree char *dir = xstrndup(copy, strrchr(copy, '/') - copy);
	autofree char *text = NULL;
	size_t len;
	int err;

	if (!file_exists(from)) {
		*wrong = xasprintf("the base has no scripts/coccinelle/%s", rule);
		return ST_OK;
	}
	if ((err = file_read(from, &text, &len)) || (err = dir_make(dir)))
		return err;
	return file_write(copy, text, len);
}

/* In turns: those of a directory are much alike, and some directories take longer. */
static int deal_rules(const char *tree, const struct list *rules, const char *dir, char **wrong)
{
	int err = ST_OK;

	for (size_t i = 0; !err && !*wrong && i < rules->n; i++) {
		autofree char *to = part_dir(dir, i % parts(rules));

		err = copy_rule(tree, rules->name[i], to, wrong);
	}
	return err;
}

/* With C=1 coccicheck reads the one file that it is given, without a build. */
static int part_start(const char *tree, const char *srctree, const char *files,
		      const char *path, struct feed *f)
{
	autofree char *script = xasprintf("%s/scripts/coccicheck", tree);
	autofree char *where = xasprintf("srctree=%s", srctree);
	struct run r = {
		.dir = files,
		.argv = (const char *[]){ script, path, NULL },
		.env = (const char *[]){ "C=1", "MODE=report", where, PLAIN, NULL },
	};

	return feed_start(f, &r);
}

/* It skips a semantic patch that asks for a later spatch. */
static bool got_to_the_end(const struct run *r)
{
	return !r->status && !r->timed_out && !strstr(r->err, "This SmPL patch requires:");
}

static int part_end(struct feed *f, const char *source, struct warnings *found, char **wrong)
{
	struct run r = { .timeout = SECONDS };
	int err = feed_end(f, &r);

	if (!err && got_to_the_end(&r)) {
		hear(r.err, source, found);
	} else if (!err && !*wrong) {
		autofree char *rule = last_rule(r.err);

		*wrong = why_not(rule, &r);
	}
	run_free(&r);
	return err;
}

/* Those that were started are ended, whatever became of the others. */
static int run_parts(const char *tree, const struct list *rules, const char *dir,
		     const char *path, const char *source, struct warnings *found, char **wrong)
{
	autofree char *files = xasprintf("%s/files", dir);
	autofree struct feed *feeds = xcalloc(parts(rules), sizeof(*feeds));
	size_t started = 0;
	int err = ST_OK;

	while (!err && started < parts(rules)) {
		autofree char *srctree = part_dir(dir, started);

		err = part_start(tree, srctree, files, path, &feeds[started]);
		started += !err;
	}
	for (size_t i = 0; i < started; i++) {
		int ended = part_end(&feeds[i], source, found, wrong);

		if (!err)
			err = ended;
	}
	return err;
}

int spatch_run(const char *tree, const struct list *rules, const char *dir,
	       const char *path, struct spatched *s, char **wrong)
{
	autofree char *files = xasprintf("%s/files", dir);
	autofree char *file = xasprintf("%s/%s", files, path);
	autofree char *source = NULL;
	size_t len;
	int err = file_read(file, &source, &len);

	*s = (struct spatched){ 0 };
	*wrong = NULL;
	if (!err)
		err = deal_rules(tree, rules, dir, wrong);
	if (!err && !*wrong)
		err = count(files, path, s, wrong);
	if (!err && !*wrong)
		err = run_parts(tree, rules, dir, path, source, &s->found, wrong);
	return err;
}

void spatched_free(struct spatched *s)
{
	warnings_free(&s->found);
	*s = (struct spatched){ 0 };
}

/* "lines" is written last: what is without it is not kept. */
int spatched_write(const struct spatched *s, const char *path, const char *dir)
{
	autofree char *found = xasprintf("%s/found", dir);
	autofree char *lines = xasprintf("%s/lines", dir);
	autofree char *text = xasprintf("%u %u\n", s->read, s->unread);
	struct output out = { .target = (char *)path, .verb = "", .warnings = s->found };
	struct said said = { .out = &out, .n = 1 };
	int err;

	if ((err = dir_make(dir)) || (err = said_write(&said, found)))
		return err;
	return file_write(lines, text, strlen(text));
}

int spatched_read(struct spatched *s, const char *dir, bool *there)
{
	autofree char *found = xasprintf("%s/found", dir);
	autofree char *lines = xasprintf("%s/lines", dir);
	autofree char *text = NULL;
	struct said said = { 0 };
	int err;

	*s = (struct spatched){ 0 };
	*there = file_exists(lines);
	if (!*there)
		return ST_OK;
	if ((err = file_read(lines, &text, NULL)))
		return err;
	if (sscanf(text, "%u %u", &s->read, &s->unread) != 2)
		return fail(ST_INFRA, "%s: damaged; remove it", lines);
	err = said_read(&said, found);
	if (!err)
		said_all(&said, &s->found);
	said_free(&said);
	return err;
}
