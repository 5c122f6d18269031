// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "file.h"
#include "mem.h"
#include "selftests.h"
#include "status.h"

/* As tools/testing/selftests/kselftest/runner.sh has it. */
#define DEFAULT_SECONDS 45

/* The tests of series, and the kernel's own: what is built apart and run together. */
static struct batch laid_batch(const struct kbuild_point *pt, bool before)
{
	return (struct batch){ .pt = pt, .before = before };
}

static struct batch own_batch(const struct kbuild_point *pt, bool before)
{
	static const struct basetests none;

	return (struct batch){
		.pt = pt, .before = before, .own = pt->basetests ? pt->basetests : &none,
	};
}

bool selftests_any(const struct kbuild_point *pt)
{
	struct batch laid = laid_batch(pt, false), own = own_batch(pt, false);

	return batch_any(&laid) || batch_any(&own);
}

int selftests_inputs(const struct kbuild_point *pt, bool before, struct hash *h)
{
	struct batch laid = laid_batch(pt, before), own = own_batch(pt, before);
	autofree char *all = NULL;
	struct hash a, b;
	size_t len;
	FILE *f;
	int err = batch_inputs(&laid, &a);

	if (!err)
		err = batch_inputs(&own, &b);
	if (err)
		return err;
	f = xmemstream(&all, &len);
	fprintf(f, "%s\n%s\n", a.hex, b.hex);
	for (size_t i = 0; i < own.own->n; i++)
		fprintf(f, "%s %u\n", own.own->test[i].name, own.own->test[i].seconds);
	fclose(f);
	hash_data(all, len, h);
	return ST_OK;
}

static char *in(const char *dir, const char *name)
{
	return xasprintf("%s/%s", dir, name);
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

static void add(struct selftests *st, const char *name, char *program, unsigned int seconds)
{
	*array_more(st->test, st->n) = (struct guest_test){
		.name = xstrdup(name), .program = program, .seconds = seconds,
	};
	st->n++;
}

/* "stack/<slug>:<program>" */
static int add_laid(struct selftests *st, const char *dir, const char *target,
		    const char *program)
{
	autofree char *at = in(dir, target);
	autofree char *name = NULL;
	unsigned int seconds;
	int err;

	if (strncmp(target, "stack/", 6))
		return fail(ST_INFRA, "%s/" BATCH_LIST ": %s:%s is no test of ours", dir, target,
			    program);
	name = xasprintf("%s/%s", target + 6, program);
	err = read_seconds(at, &seconds);
	if (!err)
		add(st, name, in(at, program), seconds);
	return err;
}

/* "<target>:<program>": one of the many that there are, or one of those to run. */
static int add_own(struct selftests *st, const struct basetests *own, const char *dir,
		   const char *target, const char *program)
{
	autofree char *name = xasprintf("%s/%s", target, program);
	const struct basetest *t = basetests_find(own, name);

	if (t)
		add(st, name, in(dir, name), t->seconds);
	return ST_OK;
}

static int add_line(struct selftests *st, const struct batch *b, const char *dir, char *line)
{
	char *program = strchr(line, ':');

	if (!program)
		return fail(ST_INFRA, "%s/" BATCH_LIST ": \"%s\" is no test", dir, line);
	*program++ = '\0';
	return b->own ? add_own(st, b->own, dir, line, program) :
			add_laid(st, dir, line, program);
}

static int read_list(struct selftests *st, const struct batch *b, const char *dir)
{
	autofree char *path = in(dir, BATCH_LIST);
	autofree char *list = NULL;
	int err = file_read(path, &list, NULL);
	char *rest = list, *line;

	while (!err && (line = strsep(&rest, "\n")))
		if (*line)
			err = add_line(st, b, dir, line);
	return err;
}

static bool has(const struct selftests *st, const char *name)
{
	for (size_t i = 0; i < st->n; i++)
		if (!strcmp(st->test[i].name, name))
			return true;
	return false;
}

static int check_own(const struct selftests *st, const struct basetests *own)
{
	for (size_t i = 0; i < own->n; i++)
		if (!has(st, own->test[i].name))
			return fail(ST_INPUT, "configs/kselftests: the kernel has no kselftest %s",
				    own->test[i].name);
	return ST_OK;
}

static int read_batch(struct selftests *st, const struct batch *b, const char *dir)
{
	autofree char *said = in(dir, "said");
	autofree char *path = in(dir, "why");
	autofree char *why = NULL;
	int err = file_read(path, &why, NULL);

	/* What compilers say of the kernel's own is not ours to mend. */
	if (!err && !b->own)
		err = said_read(&st->said, said);
	if (!err && *why && !st->why)
		st->why = xstrdup(why);
	if (err || *why)
		return err;
	err = read_list(st, b, dir);
	return err || !b->own ? err : check_own(st, b->own);
}

static int have(struct selftests *st, const struct batch *b)
{
	autofree char *dir = NULL;
	int err;

	if (!batch_any(b))
		return ST_OK;
	err = batch_have(b, &dir);
	return err ? err : read_batch(st, b, dir);
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

int selftests_have(const struct kbuild_point *pt, bool before, struct selftests *st)
{
	struct batch laid = laid_batch(pt, before), own = own_batch(pt, before);
	int err;

	*st = (struct selftests){ 0 };
	err = have(st, &laid);
	if (!err)
		err = have(st, &own);
	return err ? err : rehash(st);
}

int selftests_bench(const struct kbuild_point *pt, const char *slug, struct selftests *st)
{
	struct batch bench = { .pt = pt, .bench = slug };
	int err;

	*st = (struct selftests){ 0 };
	err = have(st, &bench);
	return err ? err : rehash(st);
}

const char **selftests_names(const struct selftests *st)
{
	const char **name = xcalloc(st->n + 1, sizeof(*name));

	for (size_t i = 0; i < st->n; i++)
		name[i] = st->test[i].name;
	return name;
}

static void free_test(struct guest_test *t)
{
	free((char *)t->name);
	free((char *)t->program);
}

int selftests_only(struct selftests *st, const char *name, unsigned int seconds)
{
	size_t kept = 0;

	for (size_t i = 0; i < st->n; i++) {
		if (!strcmp(st->test[i].name, name))
			st->test[kept++] = st->test[i];
		else
			free_test(&st->test[i]);
	}
	st->n = kept;
	for (size_t i = 0; seconds && i < kept; i++)
		st->test[i].seconds = seconds;
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
