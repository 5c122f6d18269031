// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "makelog.h"
#include "mem.h"
#include "progress.h"
#include "selftests.h"
#include "status.h"
#include "tool.h"

/* As tools/testing/selftests/kselftest/runner.sh has it. */
#define DEFAULT_SECONDS 45

/* Where "make install" lists what it installed. */
#define LIST "kselftest-list.txt"

/* Where the programs are put, with what is known of them, and what make said. */
struct place {
	char *dir;
	char *log;
};

static char *source_of(const struct kbuild_point *pt, const struct laid *laid)
{
	return xasprintf("%s/selftests/%s", pt->project->root, laid->slug);
}

static const struct oid *commit_of(const struct kbuild_point *pt, bool before)
{
	return before ? pt->parent : pt->commit;
}

bool selftests_any(const struct kbuild_point *pt)
{
	const struct arch *arch;

	if (arch_of(pt->config, &arch) || !arch->selftests)
		return false;
	for (size_t i = 0; i < pt->nlaid; i++) {
		autofree char *dir = source_of(pt, &pt->laid[i]);

		if (dir_exists(dir))
			return true;
	}
	return false;
}

int selftests_inputs(const struct kbuild_point *pt, bool before, struct hash *h)
{
	autofree char *sources = NULL;
	autofree char *all = NULL;
	const struct arch *arch;
	struct hash tools;
	struct oid tree;
	int err;

	hash_data("", 0, h);
	if (!selftests_any(pt))
		return ST_OK;
	if ((err = arch_of(pt->config, &arch)) || (err = toolchain(arch, &tools)) ||
	    (err = ktree_id(pt->project, commit_of(pt, before), &tree)) ||
	    (err = laid_text(pt->project, "selftests", pt->laid, pt->nlaid, before,
			     &sources)))
		return err;
	all = xasprintf("%s\n%s\n%s", tree.hex, tools.hex, sources);
	hash_data(all, strlen(all), h);
	return ST_OK;
}

static char *in(const char *dir, const char *name)
{
	return xasprintf("%s/%s", dir, name);
}

/* "stack/<slug> ..." for TARGETS=. */
static char *targets(const struct kbuild_point *pt)
{
	char *text;
	size_t len;
	FILE *f = xmemstream(&text, &len);

	fputs("TARGETS=", f);
	for (size_t i = 0; i < pt->nlaid; i++) {
		autofree char *dir = source_of(pt, &pt->laid[i]);

		if (dir_exists(dir))
			fprintf(f, " stack/%s", pt->laid[i].slug);
	}
	fclose(f);
	return text;
}

/* The kernel's headers for user space, and the programs with them. */
static int make_all(struct kbuild *k, const struct kbuild_point *pt, const struct place *at,
		    int *status)
{
	autofree char *install = xasprintf("KSFT_INSTALL_PATH=%s", at->dir);
	autofree char *what = targets(pt);
	/* A program of another commit is no newer than its source. */
	autofree char *old = in(k->path, "kselftest");
	int err = tree_remove(old);

	if (!err)
		err = kbuild_make(k, at->log, (const char *[]){ "headers", NULL }, status);
	if (err || *status)
		return err;
	return kbuild_make(k, at->log, (const char *[]){
		"-C", "tools/testing/selftests", what, "SKIP_TARGETS=", "FORCE_TARGETS=1",
		"USERLDFLAGS=-static", install, "install", NULL }, status);
}

static char *first_error(const struct said *said)
{
	for (size_t i = 0; i < said->n; i++)
		for (size_t j = 0; j < said->out[i].warnings.n; j++)
			if (said->out[i].warnings.w[j].error)
				return xstrdup(said->out[i].warnings.w[j].said);
	return NULL;
}

/* "why" is written last: without it nothing is kept.  It is empty for tests that were built. */
static int keep(const struct kbuild *k, const struct place *at, int status)
{
	autofree char *said = in(at->dir, "said");
	autofree char *why = in(at->dir, "why");
	autofree char *log = NULL;
	autofree char *machine = NULL;
	autofree char *reason = NULL;
	autofree char *list = in(at->dir, LIST);
	static const char none[] = "make did not list any program in " LIST;
	int err = said_write(&k->said, said);

	if (err)
		return err;
	if (!status)
		return file_exists(list) ? file_write(why, "", 0) :
					   file_write(why, none, strlen(none));
	err = file_read(at->log, &log, &(size_t){ 0 });
	if (err)
		return err;
	machine = makelog_machine(log);
	if (machine)
		return fail(ST_INFRA, "cannot build kselftests: %s; %s has all that make said",
			    machine, at->log);
	reason = first_error(&k->said);
	if (!reason)
		reason = makelog_why(log);
	return file_write(why, reason, strlen(reason));
}

static int build(const struct kbuild_point *pt, bool before, const struct place *at)
{
	struct ktree tree;
	struct kbuild k = { 0 };
	int status, err;

	if (!(err = ktree_open(&tree, pt->project)) &&
	    !(err = ktree_goto(&tree, commit_of(pt, before), pt->laid, pt->nlaid, before)) &&
	    !(err = kbuild_open(&k, &tree, pt->config, "kselftest")) &&
	    !(err = tree_remove(at->dir)) && !(err = dir_make(at->dir)) &&
	    !(err = make_all(&k, pt, at, &status)))
		err = keep(&k, at, status);
	kbuild_close(&k);
	ktree_close(&tree);
	return err;
}

/* How long a test of the directory @dir may take, by its settings (see runner.sh). */
static int read_seconds(const char *dir, unsigned int *seconds)
{
	autofree char *path = in(dir, "settings");
	autofree char *text = NULL;
	int err;

	*seconds = DEFAULT_SECONDS;
	if (!file_exists(path))
		return ST_OK;
	err = file_read(path, &text, NULL);
	for (const char *s = err ? "" : text; *s; s += strcspn(s, "\n"), s += *s == '\n')
		if (sscanf(s, "timeout=%u", seconds) == 1 && *seconds)
			return ST_OK;
	return err ? err : fail(ST_INPUT, "%s: no \"timeout=<seconds>\" above 0 in it", path);
}

/* "stack/<slug>:<program>" */
static int add_test(struct selftests *st, const char *dir, char *line)
{
	char *program = strchr(line, ':');
	struct guest_test *t = array_more(st->test, st->n);
	autofree char *at = NULL;

	if (!program || strncmp(line, "stack/", 6))
		return fail(ST_INFRA, "%s/" LIST ": \"%s\" is no test of ours", dir, line);
	*program++ = '\0';
	at = in(dir, line);
	t->name = xasprintf("%s/%s", line + 6, program);
	t->program = in(at, program);
	st->n++;
	return read_seconds(at, &t->seconds);
}

/* All that makes a difference to a guest that runs them. */
static int rehash(struct selftests *st)
{
	autofree char *text = NULL;
	size_t len;
	FILE *f = xmemstream(&text, &len);
	int err = ST_OK;

	for (size_t i = 0; !err && i < st->n; i++) {
		const struct guest_test *t = &st->test[i];
		struct hash h;

		err = hash_file(t->program, &h);
		fprintf(f, "%s %u %s\n", t->name, t->seconds, h.hex);
	}
	fclose(f);
	hash_data(text, len, &st->hash);
	return err;
}

static int read_list(struct selftests *st, const char *dir)
{
	autofree char *path = in(dir, LIST);
	autofree char *list = NULL;
	int err = file_read(path, &list, NULL);
	char *rest = list, *line;

	while (!err && (line = strsep(&rest, "\n")))
		if (*line)
			err = add_test(st, dir, line);
	return err ? err : rehash(st);
}

static int read_kept(struct selftests *st, const char *dir)
{
	autofree char *said = in(dir, "said");
	autofree char *path = in(dir, "why");
	autofree char *why = NULL;
	int err = file_read(path, &why, NULL);

	if (!err)
		err = said_read(&st->said, said);
	if (err || !*why)
		return err ? err : read_list(st, dir);
	st->why = xstrdup(why);
	return ST_OK;
}

int selftests_have(const struct kbuild_point *pt, bool before, struct selftests *st)
{
	struct place at = { NULL };
	autofree char *why = NULL;
	struct hash h;
	int err = selftests_inputs(pt, before, &h);

	*st = (struct selftests){ 0 };
	hash_data("", 0, &st->hash);
	if (err || !selftests_any(pt))
		return err;
	at.dir = xasprintf("%s/prove/%s/kselftest-%.16s", pt->project->build, pt->config, h.hex);
	at.log = xasprintf("%s/prove/%s/%.12s.kselftest", pt->project->build, pt->config,
			   commit_of(pt, before)->hex);
	why = in(at.dir, "why");
	if (!file_exists(why)) {
		progress_begin("build the kselftests");
		err = build(pt, before, &at);
		progress_end();
	}
	if (!err)
		err = read_kept(st, at.dir);
	free(at.dir);
	free(at.log);
	return err;
}

static void free_test(struct guest_test *t)
{
	free((char *)t->name);
	free((char *)t->program);
}

int selftests_only(struct selftests *st, const char *name)
{
	size_t kept = 0;

	for (size_t i = 0; i < st->n; i++) {
		if (!strcmp(st->test[i].name, name))
			st->test[kept++] = st->test[i];
		else
			free_test(&st->test[i]);
	}
	st->n = kept;
	return rehash(st);
}

void selftests_free(struct selftests *st)
{
	for (size_t i = 0; i < st->n; i++)
		free_test(&st->test[i]);
	free(st->test);
	free(st->why);
	said_free(&st->said);
	*st = (struct selftests){ 0 };
}
