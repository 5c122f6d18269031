// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "fields.h"
#include "file.h"
#include "machine.h"
#include "mem.h"
#include "status.h"

static const struct field_rule rules[] = {
	{ "Config", .required = true },
	{ "Special", .lines = true },
	{ "Cpus", .required = true },
	{ "Memory", .required = true },
	{ "Boot", .required = true },
	{ "Kunit", .required = true },
	{ "Scale", .required = true },
	{ "Clock" },
	{ "Without", .lines = true },
	{ "Expects", .lines = true },
	{ "Cmdline", .required = true, .lines = true },
	{ "Launcher" },
	{ "Needs" },
	{ "Run", .required = true, .lines = true },
	{ NULL },
};

static const char *const holders[] = {
	"{kernel}", "{initramfs}", "{cmdline}", "{cpus}", "{memory}", "{emulator}",
};
enum { HOLDERS = sizeof(holders) / sizeof(*holders) };

static char *copy(const struct fields *fs, const char *name)
{
	const char *value = fields_get(fs, name);

	return value ? xstrdup(value) : NULL;
}

static struct words split(const struct fields *fs, const char *name)
{
	autofree char *text = copy(fs, name);
	struct words w = { 0 };
	char *rest = text, *word;

	while ((word = strsep(&rest, " \t\n"))) {
		if (!*word)
			continue;
		*array_more(w.word, w.n) = xstrdup(word);
		w.n++;
	}
	return w;
}

static int number(const struct fields *fs, const char *name, unsigned int *value)
{
	const char *text = fields_get(fs, name);
	char *end;
	long n = strtol(text, &end, 10);

	if (*end || n < 1 || n > 1000000)
		return fail(ST_INPUT, "%s: %s: \"%s\" is no number that makes sense",
			    fs->path, name, text);
	*value = n;
	return ST_OK;
}

static int check_holders(const struct fields *fs, const struct words *run)
{
	for (size_t i = 0; i < run->n; i++) {
		const char *open = strchr(run->word[i], '{');
		size_t j = 0;

		while (open && j < HOLDERS && strncmp(open, holders[j], strlen(holders[j])))
			j++;
		if (j == HOLDERS)
			return fail(ST_INPUT, "%s: Run: \"%s\": no such placeholder",
				    fs->path, open);
	}
	return ST_OK;
}

/* Where the program is that starts it, when Run is not all. */
static int read_launcher(struct machine *m, const struct fields *fs, const char *root)
{
	m->launcher = copy(fs, "Launcher");
	m->needs = copy(fs, "Needs");
	if (!m->launcher)
		return m->needs ? fail(ST_INPUT, "%s: Needs: goes with a Launcher", fs->path) :
				  ST_OK;
	m->launch = xasprintf("%s/tools/launch/%s", root, m->launcher);
	if (strchr(m->launcher, '/') || !file_exists(m->launch))
		return fail(ST_INPUT, "%s: Launcher: there is no tools/launch/%s", fs->path,
			    m->launcher);
	return ST_OK;
}

static int fill(struct machine *m, const struct fields *fs, const char *root)
{
	m->config = copy(fs, "Config");
	m->special = fields_get(fs, "Special");
	m->cmdline = copy(fs, "Cmdline");
	m->without = split(fs, "Without");
	m->expects = split(fs, "Expects");
	m->run = split(fs, "Run");
	for (char *p = m->cmdline; (p = strchr(p, '\n')); )
		*p = ' ';
	if (number(fs, "Cpus", &m->cpus) || number(fs, "Memory", &m->memory) ||
	    number(fs, "Boot", &m->boot) || number(fs, "Kunit", &m->kunit) ||
	    number(fs, "Scale", &m->scale) ||
	    (fields_get(fs, "Clock") && number(fs, "Clock", &m->clock)) ||
	    read_launcher(m, fs, root))
		return ST_INPUT;
	return check_holders(fs, &m->run);
}

int machine_read(struct machine *m, const char *root, const char *name)
{
	autofree char *path = xasprintf("%s/configs/machines/%s", root, name);
	struct fields fs;
	int err;

	*m = (struct machine){ .name = xstrdup(name), .clock = 1 };
	err = fields_read(&fs, path, rules);
	if (!err)
		err = fill(m, &fs, root);
	if (!err)
		err = basetests_read(&m->basetests, root, name);
	fields_free(&fs);
	return err;
}

static void words_free(struct words *w)
{
	for (size_t i = 0; i < w->n; i++)
		free(w->word[i]);
	free(w->word);
}

void machine_free(struct machine *m)
{
	free(m->name);
	free(m->config);
	free(m->cmdline);
	words_free(&m->without);
	words_free(&m->expects);
	words_free(&m->run);
	basetests_free(&m->basetests);
	free(m->launcher);
	free(m->launch);
	free(m->needs);
	free(m->emulator);
	*m = (struct machine){ 0 };
}

/* @word with the placeholder in it, if there is one, replaced. */
static char *expand(const char *word, const char *const values[HOLDERS])
{
	for (int i = 0; i < HOLDERS; i++) {
		const char *at = strstr(word, holders[i]);

		if (at)
			return xasprintf("%.*s%s%s", (int)(at - word), word, values[i],
					 at + strlen(holders[i]));
	}
	return xstrdup(word);
}

char **machine_argv(const struct machine *m, const char *kernel, const char *initramfs)
{
	autofree char *cpus = xasprintf("%u", m->cpus);
	autofree char *memory = xasprintf("%u", m->memory);
	const char *const values[HOLDERS] = {
		kernel, initramfs, m->cmdline, cpus, memory,
		m->emulator ? m->emulator : "",
	};
	char **argv = xcalloc(m->run.n + 2, sizeof(*argv));
	size_t n = 0;

	if (m->launch)
		argv[n++] = xstrdup(m->launch);
	for (size_t i = 0; i < m->run.n; i++)
		argv[n++] = expand(m->run.word[i], values);
	return argv;
}

void argv_free(char **argv)
{
	for (char **p = argv; *p; p++)
		free(*p);
	free(argv);
}

unsigned int machine_seconds(const struct machine *m, unsigned int seconds)
{
	return seconds * m->scale;
}

unsigned int machine_limit(const struct machine *m, unsigned int seconds)
{
	return m->boot + machine_seconds(m, seconds) * m->clock;
}
