// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mem.h"
#include "said.h"
#include "status.h"

/* Where @target is or, when it is not there, would be. */
static size_t place(const struct said *s, const char *target)
{
	size_t low = 0, high = s->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (strcmp(s->out[mid].target, target) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

const struct output *said_by(const struct said *s, const char *target)
{
	size_t i = place(s, target);

	return i < s->n && !strcmp(s->out[i].target, target) ? &s->out[i] : NULL;
}

/* The output of @target, emptied when @again. */
static struct output *output_of(struct said *s, const char *target, bool again)
{
	size_t i = place(s, target);
	struct output *o;

	if (i == s->n || strcmp(s->out[i].target, target)) {
		(void)array_more(s->out, s->n);
		memmove(&s->out[i + 1], &s->out[i], (s->n - i) * sizeof(*s->out));
		s->n++;
		s->out[i] = (struct output){ .target = xstrdup(target) };
	}
	o = &s->out[i];
	if (again) {
		warnings_free(&o->warnings);
		o->checked = false;
	}
	return o;
}

/*
 * "  CC [M]  drivers/net/tun.o": kbuild's short form of a command.  *@target
 * points into @line; *@check tells of the one that runs sparse.
 */
static bool is_command(const char *line, const char **target, bool *check)
{
	size_t verb;

	if (strncmp(line, "  ", 2) || !isupper((unsigned char)line[2]))
		return false;
	verb = strspn(line + 2, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
	*check = verb == 5 && !strncmp(line + 2, "CHECK", 5);
	line += 2 + verb;
	if (*line != ' ')
		return false;
	line += strspn(line, " ");
	if (*line == '[')
		line += strcspn(line, "]") + 1;
	line += strspn(line, " ");
	*target = line;
	return *line && !strchr(line, ' ');
}

static void absorb_line(struct said *s, struct listener *l, char **target, const char *line)
{
	const char *made;
	bool check;

	if (!is_command(line, &made, &check)) {
		warnings_hear(&output_of(s, *target, false)->warnings, l, line);
		return;
	}
	listener_reset(l, check);
	if (check) {
		output_of(s, *target, false)->checked = true;
		return;
	}
	free(*target);
	*target = xstrdup(made);
	output_of(s, made, true);
}

int said_absorb(struct said *s, const char *path)
{
	autofree char *text = NULL;
	char *target = xstrdup("");
	struct listener l = { 0 };
	size_t len;
	char *rest, *line;
	int err = file_read(path, &text, &len);

	rest = text;
	if (!err)
		output_of(s, "", true);
	while (!err && (line = strsep(&rest, "\n")))
		absorb_line(s, &l, &target, line);
	listener_reset(&l, false);
	free(target);
	return err;
}

static char *next(char **line)
{
	char *field = strsep(line, "\t");

	return field ? field : "";
}

/* A line of the file: "T <target> <checked>", or "W" and a complaint of it. */
static int read_line(struct said *s, struct output **o, char *line, const char *path)
{
	const char *kind = next(&line);
	struct warning *w;

	if (*kind == 'T') {
		*o = output_of(s, next(&line), true);
		(*o)->checked = *next(&line) == '1';
		return ST_OK;
	}
	if (*kind != 'W' || !*o)
		return fail(ST_INFRA, "%s: damaged; remove it", path);
	w = array_more((*o)->warnings.w, (*o)->warnings.n);
	(*o)->warnings.n++;
	w->by = atoi(next(&line));
	w->error = *next(&line) == '1';
	w->file = xstrdup(next(&line));
	w->symbol = xstrdup(next(&line));
	w->text = xstrdup(next(&line));
	w->said = xstrdup(next(&line));
	w->since = xstrdup(next(&line));
	return ST_OK;
}

int said_read(struct said *s, const char *path)
{
	autofree char *text = NULL;
	struct output *o = NULL;
	char *rest, *line;
	int err;

	*s = (struct said){ 0 };
	if (!file_exists(path))
		return ST_OK;
	err = file_read(path, &text, NULL);
	rest = text;
	while (!err && (line = strsep(&rest, "\n")))
		if (*line)
			err = read_line(s, &o, line, path);
	return err;
}

static void write_one(FILE *f, const struct output *o)
{
	fprintf(f, "T\t%s\t%d\n", o->target, o->checked);
	for (size_t i = 0; i < o->warnings.n; i++) {
		const struct warning *w = &o->warnings.w[i];

		fprintf(f, "W\t%d\t%d\t%s\t%s\t%s\t%s\t%s\n", w->by, w->error,
			w->file, w->symbol, w->text, w->said, w->since ? w->since : "");
	}
}

int said_write(const struct said *s, const char *path)
{
	char *text;
	size_t len;
	FILE *f = xmemstream(&text, &len);
	int err;

	for (size_t i = 0; i < s->n; i++)
		write_one(f, &s->out[i]);
	fclose(f);
	err = file_write(path, text, len);
	free(text);
	return err;
}

void said_free(struct said *s)
{
	for (size_t i = 0; i < s->n; i++) {
		free(s->out[i].target);
		warnings_free(&s->out[i].warnings);
	}
	free(s->out);
	*s = (struct said){ 0 };
}

void said_all(const struct said *s, struct warnings *all)
{
	*all = (struct warnings){ 0 };
	for (size_t i = 0; i < s->n; i++) {
		for (size_t j = 0; j < s->out[i].warnings.n; j++) {
			warning_copy(array_more(all->w, all->n),
				     &s->out[i].warnings.w[j]);
			all->n++;
		}
	}
}

void said_date(struct said *s, const struct said *before, const char *commit)
{
	struct warnings old;

	said_all(before, &old);
	for (size_t i = 0; i < s->n; i++) {
		for (size_t j = 0; j < s->out[i].warnings.n; j++) {
			struct warning *w = &s->out[i].warnings.w[j];
			const struct warning *was = warnings_find(&old, w);

			free(w->since);
			w->since = xstrdup(was && was->since ? was->since : commit);
		}
	}
	warnings_free(&old);
}
