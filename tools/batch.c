// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "file.h"
#include "makelog.h"
#include "mem.h"
#include "progress.h"
#include "status.h"
#include "tool.h"

/* Where the programs are put, with what is known of them, and what make said. */
struct place {
	char *dir;
	char *log;
};

static char *in(const char *dir, const char *name)
{
	return xasprintf("%s/%s", dir, name);
}

static const struct oid *commit_of(const struct batch *b)
{
	return b->before ? b->pt->parent : b->pt->commit;
}

/* The series whose kselftests are built, at their levels; the caller frees. */
static struct laid *laid_of(const struct batch *b, size_t *n)
{
	const struct kbuild_point *pt = b->pt;
	struct laid *mine = NULL;

	*n = 0;
	for (size_t i = 0; !b->own && i < pt->nlaid; i++) {
		autofree char *makefile = xasprintf("%s/selftests/%s/Makefile",
						    pt->project->root, pt->laid[i].slug);

		if (!pt->laid[i].selftests || !file_exists(makefile))
			continue;
		*array_more(mine, *n) = pt->laid[i];
		++*n;
	}
	return mine;
}

/* For TARGETS=. */
static char *targets(const struct batch *b)
{
	autofree struct laid *mine = NULL;
	char *text;
	size_t len, n;
	FILE *f;

	if (b->own)
		return basetests_targets(b->own);
	if (b->bench)
		return xasprintf("stack/%s/bench", b->bench);
	mine = laid_of(b, &n);
	f = xmemstream(&text, &len);
	for (size_t i = 0; i < n; i++)
		fprintf(f, "%sstack/%s", i ? " " : "", mine[i].slug);
	fclose(f);
	return text;
}

bool batch_any(const struct batch *b)
{
	autofree char *what = targets(b);
	const struct arch *arch;

	return *what && !arch_of(b->pt->config, &arch) && arch->selftests;
}

static int sources_of(const struct batch *b, char **text)
{
	autofree struct laid *mine = NULL;
	size_t n;

	mine = laid_of(b, &n);
	return laid_text(b->pt->project, "selftests", mine, n, b->before, text);
}

static int bench_of(const struct batch *b, char **text)
{
	autofree char *dir = xasprintf("%s/bench", b->bench);
	struct laid bench = { .slug = dir };

	return laid_text(b->pt->project, "selftests", &bench, b->bench ? 1 : 0, false, text);
}

int batch_inputs(const struct batch *b, struct hash *h)
{
	autofree char *what = targets(b);
	autofree char *sources = NULL;
	autofree char *bench = NULL;
	autofree char *all = NULL;
	const struct arch *arch;
	struct hash tools;
	struct oid tree;
	int err;

	hash_data("", 0, h);
	if (!batch_any(b))
		return ST_OK;
	if ((err = arch_of(b->pt->config, &arch)) || (err = toolchain(arch, &tools)) ||
	    (err = ktree_id(b->pt->project, commit_of(b), &tree)) ||
	    (err = sources_of(b, &sources)) || (err = bench_of(b, &bench)))
		return err;
	all = xasprintf("%s\n%s\n%s\n%s%s", tree.hex, tools.hex, what, sources, bench);
	hash_data(all, strlen(all), h);
	return ST_OK;
}

/* The kernel's headers for user space, and the programs with them. */
static int make_all(struct kbuild *k, const struct batch *b, const struct place *at,
		    int *status)
{
	autofree char *install = xasprintf("KSFT_INSTALL_PATH=%s", at->dir);
	autofree char *names = targets(b);
	autofree char *what = xasprintf("TARGETS=%s", names);
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
	autofree char *list = in(at->dir, BATCH_LIST);
	static const char none[] = "make did not list any program in " BATCH_LIST;
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

static int build(const struct batch *b, const char *kind, const struct place *at)
{
	const struct kbuild_point *pt = b->pt;
	struct kbuild k = { 0 };
	struct ktree tree;
	int status, err;

	if (!(err = ktree_open(&tree, pt->project)) &&
	    !(err = ktree_goto(&tree, commit_of(b), pt->laid, pt->nlaid, b->before)) &&
	    !(err = kbuild_open(&k, &tree, pt->config, kind)) &&
	    !(err = tree_remove(at->dir)) && !(err = dir_make(at->dir)) &&
	    !(err = make_all(&k, b, at, &status)))
		err = keep(&k, at, status);
	kbuild_close(&k);
	ktree_close(&tree);
	return err;
}

int batch_have(const struct batch *b, char **dir)
{
	const char *kind = b->own ? "basetests" : b->bench ? "bench" : "kselftest";
	autofree char *below = xasprintf("%s/prove/%s", b->pt->project->build, b->pt->config);
	autofree char *log = xasprintf("%s/%.12s.%s", below, commit_of(b)->hex, kind);
	autofree char *why = NULL;
	struct hash h;
	int err = batch_inputs(b, &h);

	*dir = NULL;
	if (err)
		return err;
	*dir = xasprintf("%s/%s-%.16s", below, kind, h.hex);
	why = in(*dir, "why");
	if (file_exists(why))
		return ST_OK;
	progress_begin("build the kselftests");
	err = build(b, kind, &(struct place){ *dir, log });
	progress_end();
	return err;
}
