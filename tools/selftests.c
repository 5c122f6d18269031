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

bool selftests_any(const struct kbuild_point *pt)
{
	struct batch b = { .pt = pt };

	return batch_any(&b);
}

int selftests_inputs(const struct kbuild_point *pt, bool before, struct hash *h)
{
	struct batch b = { .pt = pt, .before = before };

	return batch_inputs(&b, h);
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

/* "stack/<slug>:<program>" */
static int add_test(struct selftests *st, const char *dir, char *line)
{
	char *program = strchr(line, ':');
	struct guest_test *t = array_more(st->test, st->n);
	autofree char *at = NULL;

	if (!program || strncmp(line, "stack/", 6))
		return fail(ST_INFRA, "%s/" BATCH_LIST ": \"%s\" is no test of ours", dir, line);
	*program++ = '\0';
	at = in(dir, line);
	t->name = xasprintf("%s/%s", line + 6, program);
	t->program = in(at, program);
	st->n++;
	return read_seconds(at, &t->seconds);
}

static int read_list(struct selftests *st, const char *dir)
{
	autofree char *path = in(dir, BATCH_LIST);
	autofree char *list = NULL;
	int err = file_read(path, &list, NULL);
	char *rest = list, *line;

	while (!err && (line = strsep(&rest, "\n")))
		if (*line)
			err = add_test(st, dir, line);
	return err;
}

static int read_batch(struct selftests *st, const char *dir)
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
	struct batch b = { .pt = pt, .before = before };
	autofree char *dir = NULL;
	int err = ST_OK;

	*st = (struct selftests){ 0 };
	if (batch_any(&b))
		err = batch_have(&b, &dir);
	if (!err && dir)
		err = read_batch(st, dir);
	return err ? err : rehash(st);
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
