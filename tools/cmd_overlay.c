// SPDX-License-Identifier: GPL-2.0-only
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "hold.h"
#include "mem.h"
#include "overlay.h"
#include "project.h"
#include "run.h"
#include "stack.h"
#include "status.h"

static int lay_one(const struct overlay *o, const struct series *s)
{
	const char *given = getenv("LEVEL");
	int level, err;

	if (given && *given) {
		unsigned long n = strtoul(given, NULL, 10);

		if (given[strspn(given, "0123456789")] || n > (unsigned long)s->parts)
			return fail(ST_USAGE, "LEVEL is \"%s\", not how many patches of %s are applied (0 to %d)",
				    given, s->slug, s->parts);
		level = n;
	} else {
		err = overlay_level(o, s, &level);
		if (err)
			return err;
	}
	notice("%s: tests for level %d of %d laid over %s", s->slug, level, s->parts, o->tree);
	return overlay_lay(o, s->slug, level);
}

/* Lay the tests of the series named in @slugs, or of all that have tests. */
static int lay(const struct overlay *o, const struct stack *st, char **slugs, size_t n)
{
	int err = ST_OK;
	size_t at;

	for (size_t i = 0; !n && !err && i < st->n; i++)
		if (overlay_has(o, st->series[i].slug))
			err = lay_one(o, &st->series[i]);
	for (size_t i = 0; !err && i < n; i++) {
		err = stack_find(st, slugs[i], &at);
		if (!err && !overlay_has(o, slugs[i]))
			err = fail(ST_USAGE, "%s has no tests in kunit/ or selftests/", slugs[i]);
		if (!err)
			err = lay_one(o, &st->series[at]);
	}
	return err;
}

static int run_in(const struct overlay *o, char **command)
{
	struct run r = {
		.argv = (const char *const *)command, .dir = o->tree, .show = true,
	};
	int err = run(&r);

	return err ? err : r.status;
}

/* Lay, run, and take out again however the command ends. */
static int lay_and_run(struct overlay *o, const struct stack *st, char **slugs, size_t n)
{
	int lifted, err = lay(o, st, slugs, n);

	if (!err && slugs[n])
		err = run_in(o, slugs + n + 1);
	if (!err && !slugs[n])
		return ST_OK;
	lifted = overlay_lift(o);
	return err ? err : lifted;
}

static int with_stack(struct overlay *o, const char *root, char **slugs, size_t n)
{
	struct stack st;
	int err = stack_read(&st, root);

	if (!err)
		err = lay_and_run(o, &st, slugs, n);
	stack_free(&st);
	return err;
}

static size_t count_slugs(char **args)
{
	size_t n = 0;

	while (args[n] && strcmp(args[n], "--"))
		n++;
	return n;
}

static bool known(const char *what)
{
	return !strcmp(what, "lay") || !strcmp(what, "run") || !strcmp(what, "lift");
}

/* build/linux is moved by other commands, which must not happen under the tests. */
static int hold_own(const struct project *p, const char *tree, int *fd)
{
	autofree char *path = realpath(tree, NULL);
	autofree char *lock = xasprintf("%s/lock", p->build);

	if (!path || strcmp(path, p->linux))
		return ST_OK;
	return hold_take(lock, p->build, false, fd);
}

int cmd_overlay(const char *root, char **args)
{
	struct overlay o = { .hold = -1 };
	struct project p;
	int fd = -1;
	size_t n;
	int err;

	if (!args[0] || !args[1] || !known(args[0]))
		return fail(ST_USAGE, "overlay needs lay, run or lift, and a kernel tree");
	n = count_slugs(args + 2);
	if (!strcmp(args[0], "run") && (!args[2 + n] || !args[2 + n + 1]))
		return fail(ST_USAGE, "overlay run needs a command after \"--\"");
	if (!strcmp(args[0], "lay") && args[2 + n])
		return fail(ST_USAGE, "overlay lay takes no command; that is overlay run");
	err = project_open(&p, root);
	if (!err)
		err = hold_own(&p, args[1], &fd);
	if (!err)
		err = overlay_begin(&o, p.root, args[1]);
	if (!err && strcmp(args[0], "lift"))
		err = with_stack(&o, p.root, args + 2, n);
	overlay_end(&o);
	if (fd >= 0)
		hold_release(fd);
	project_close(&p);
	return err;
}
