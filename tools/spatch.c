// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* coccicheck runs all that is below scripts/coccinelle/: copy what is to be run. */
static int copy_rules(const char *tree, const struct list *rules, const char *to, char **wrong)
{
	int err = ST_OK;

	for (size_t i = 0; !err && !*wrong && i < rules->n; i++) {
		autofree char *from = xasprintf("%s/scripts/coccinelle/%s", tree, rules->name[i]);
		autofree char *copy = xasprintf("%s/scripts/coccinelle/%s", to, rules->name[i]);
		autofree char *dir = xstrndup(copy, strrchr(copy, '/') - copy);
		autofree char *text = NULL;
		size_t len;

		if (!file_exists(from))
			*wrong = xasprintf("the base has no scripts/coccinelle/%s", rules->name[i]);
		else if (!(err = file_read(from, &text, &len)) && !(err = dir_make(dir)))
			err = file_write(copy, text, len);
	}
	return err;
}

/* With C=1 coccicheck reads the one file that it is given, without a build. */
static int run_rules(const char *tree, const char *srctree, const char *dir, const char *path,
		     const char *source, struct warnings *found, char **wrong)
{
	autofree char *script = xasprintf("%s/scripts/coccicheck", tree);
	autofree char *where = xasprintf("srctree=%s", srctree);
	autofree char *rule = NULL;
	struct run r = {
		.dir = dir, .timeout = SECONDS,
		.argv = (const char *[]){ script, path, NULL },
		.env = (const char *[]){ "C=1", "MODE=report", where, PLAIN, NULL },
	};
	int err = run(&r);

	if (!err)
		rule = last_rule(r.out);
	/* It skips a semantic patch that asks for a later spatch. */
	if (!err && (r.status || r.timed_out || strstr(r.out, "This SmPL patch requires:")))
		*wrong = why_not(rule, &r);
	else if (!err)
		hear(r.out, source, found);
	run_free(&r);
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
		err = copy_rules(tree, rules, dir, wrong);
	if (!err && !*wrong)
		err = count(files, path, s, wrong);
	if (!err && !*wrong)
		err = run_rules(tree, dir, files, path, source, &s->found, wrong);
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
