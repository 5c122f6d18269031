// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "difference.h"
#include "file.h"
#include "git.h"
#include "mem.h"

#define MOST 20

/* One level deep in the file system's sense: "drivers/net", "Makefile". */
static bool shallow(const char *path)
{
	const char *slash = strchr(path, '/');

	return !slash || !strchr(slash + 1, '/');
}

/* Lines of "git ls-tree -r -t" as entries: line[i] is "<mode> <type> <id>\t<path>". */
struct listing {
	char *text;
	char **line;
	size_t n;
};

static void split(struct listing *l)
{
	char *rest = l->text, *line;

	while ((line = strsep(&rest, "\n"))) {
		char *tab = strchr(line, '\t');

		if (!tab || !shallow(tab + 1))
			continue;
		*array_more(l->line, l->n) = line;
		l->n++;
	}
}

static const char *path_of(const char *line)
{
	return strchr(line, '\t') + 1;
}

static const char *entry(const struct listing *l, const char *path)
{
	for (size_t i = 0; i < l->n; i++)
		if (!strcmp(path_of(l->line[i]), path))
			return l->line[i];
	return NULL;
}

/* A top directory that differs says nothing: what is in it does. */
static bool says_nothing(const char *line)
{
	return strstr(line, " tree ") && !strchr(path_of(line), '/');
}

static void print(FILE *f, size_t *n, const char *how, const char *line)
{
	if (++*n <= MOST)
		fprintf(f, "  %s %s%s\n", how, path_of(line),
			strstr(line, " tree ") ? "/" : "");
}

static void compare(FILE *f, const struct listing *pinned, const struct listing *other)
{
	size_t n = 0;

	for (size_t i = 0; i < other->n; i++) {
		const char *line = other->line[i];
		const char *was = entry(pinned, path_of(line));

		if (!was)
			print(f, &n, "added:", line);
		else if (strcmp(was, line) && !says_nothing(line))
			print(f, &n, "differs:", line);
	}
	for (size_t i = 0; i < pinned->n; i++)
		if (!entry(other, path_of(pinned->line[i])))
			print(f, &n, "missing:", pinned->line[i]);
	if (n > MOST)
		fprintf(f, "  and %zu more\n", n - MOST);
}

static int by_directory(const struct project *p, const char *other, char **text)
{
	autofree char *path = xasprintf("%s/configs/trees", p->root);
	struct listing pinned = { 0 }, found = { 0 };
	size_t len;
	FILE *f;
	int err;

	err = file_read(path, &pinned.text, NULL);
	if (!err)
		err = git_out(ST_INFRA, &found.text, p->repo, "ls-tree", "-r",
			      "-t", other, NULL);
	if (!err) {
		split(&pinned);
		split(&found);
		f = xmemstream(text, &len);
		compare(f, &pinned, &found);
		fclose(f);
	}
	free(pinned.text);
	free(pinned.line);
	free(found.text);
	free(found.line);
	return err;
}

static int by_file(const struct project *p, const char *pinned, const char *other,
		   char **text)
{
	autofree char *all = NULL;
	char *rest, *line;
	size_t len, n = 0;
	FILE *f;
	int err;

	err = git_out(ST_INFRA, &all, p->repo, "diff-tree", "-r", "--no-renames",
		      "--name-status", pinned, other, NULL);
	if (err)
		return err;
	f = xmemstream(text, &len);
	for (rest = all; (line = strsep(&rest, "\n")); ) {
		if (!*line || !line[1] || ++n > MOST)
			continue;
		fprintf(f, "  %s %s\n", *line == 'A' ? "added:" :
			*line == 'D' ? "missing:" : "differs:", line + 2);
	}
	if (n > MOST)
		fprintf(f, "  and %zu more\n", n - MOST);
	fclose(f);
	return ST_OK;
}

int difference_text(const struct project *p, const struct pin *pin,
		    const char *other, char **text)
{
	autofree char *rev = xasprintf("%s^{tree}", pin->tree.hex);
	struct oid pinned;
	int err = git_find(p->repo, rev, &pinned);

	if (err)
		return err;
	if (*pinned.hex)
		return by_file(p, pinned.hex, other, text);
	return by_directory(p, other, text);
}
