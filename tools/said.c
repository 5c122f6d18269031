// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
		s->out[i] = (struct output){ .target = xstrdup(target),
					     .verb = xstrdup("") };
	}
	o = &s->out[i];
	if (again) {
		warnings_free(&o->warnings);
		o->checked = o->failed = false;
		o->fresh = true;
	}
	return o;
}

void said_add(struct said *s, const struct output *o)
{
	struct output *mine = output_of(s, o->target, true);

	free(mine->verb);
	mine->verb = xstrdup(o->verb);
	mine->checked = o->checked;
	mine->failed = o->failed;
	for (size_t i = 0; i < o->warnings.n; i++) {
		warning_copy(array_more(mine->warnings.w, mine->warnings.n),
			     &o->warnings.w[i]);
		mine->warnings.n++;
	}
}

void said_pick(struct said *s, const struct said *from, const char *const *target, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct output *o = said_by(from, target[i]);

		if (o)
			said_add(s, o);
	}
}

/*
 * "  CC [M]  drivers/net/tun.o": kbuild's short form of a command.  @verb and
 * @target point into @line, which is cut up.
 */
static bool is_command(char *line, const char **verb, const char **target)
{
	size_t len;

	if (strncmp(line, "  ", 2) || !isupper((unsigned char)line[2]))
		return false;
	*verb = line + 2;
	len = strspn(*verb, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
	line += 2 + len;
	if (*line != ' ')
		return false;
	*line++ = '\0';
	line += strspn(line, " ");
	if (*line == '[')
		line += strcspn(line, " ");
	line += strspn(line, " ");
	*target = line;
	return *line;
}

/* "make[2]: *** [../Makefile:12: drivers/net/tun.o] Error 1" */
static bool is_failure(char *line, const char **target)
{
	char *s = strstr(line, ": *** [");
	char *end = s ? strstr(s, "] ") : NULL;

	if (!end || strncmp(line, "make", 4))
		return false;
	*end = '\0';
	s = strrchr(s, ' ');
	*target = s + 1 + (s[1] == '[');
	return true;
}

struct absorbing {
	struct said *said;
	struct listener listener;
	char *target;		/* whose lines these are */
};

static void absorb_line(struct absorbing *a, char *line)
{
	autofree char *copy = xstrdup(line);
	const char *verb, *target;
	struct output *o;

	if (is_failure(copy, &target)) {
		output_of(a->said, target, false)->failed = true;
		return;
	}
	if (!is_command(copy, &verb, &target)) {
		o = output_of(a->said, a->target, false);
		warnings_hear(&o->warnings, &a->listener, line);
		return;
	}
	listener_reset(&a->listener, !strcmp(verb, "CHECK"));
	if (a->listener.sparse) {
		output_of(a->said, a->target, false)->checked = true;
		return;
	}
	free(a->target);
	a->target = xstrdup(target);
	o = output_of(a->said, target, true);
	free(o->verb);
	o->verb = xstrdup(verb);
}

static void output_free(struct output *o)
{
	free(o->target);
	free(o->verb);
	warnings_free(&o->warnings);
}

static void forget_lost(struct said *s, const char *dir)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->n; i++) {
		struct output *o = &s->out[i];
		autofree char *path = xasprintf("%s/%s", dir, o->target);

		if (o->fresh || !access(path, F_OK))
			s->out[kept++] = *o;
		else
			output_free(o);
	}
	s->n = kept;
}

/* A NUL would end the text, and a tab is what keeps the fields of the file apart. */
static void make_blanks(char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!text[i] || text[i] == '\t')
			text[i] = ' ';
}

int said_absorb(struct said *s, const char *path, const char *dir)
{
	struct absorbing a = { .said = s, .target = xstrdup("") };
	autofree char *text = NULL;
	size_t len;
	char *rest, *line;
	int err = file_read(path, &text, &len);

	for (size_t i = 0; i < s->n; i++)
		s->out[i].fresh = false;
	rest = text;
	if (!err) {
		make_blanks(text, len);
		output_of(s, "", true);
	}
	while (!err && (line = strsep(&rest, "\n")))
		absorb_line(&a, line);
	listener_reset(&a.listener, false);
	free(a.target);
	if (!err)
		forget_lost(s, dir);
	return err;
}

static char *next(char **line)
{
	char *field = strsep(line, "\t");

	return field ? field : "";
}

/* A line of the file: "T" and a target, or "W" and a complaint of it. */
static int read_line(struct said *s, struct output **o, char *line, const char *path)
{
	const char *kind = next(&line);
	struct warning *w;

	if (*kind == 'T') {
		*o = output_of(s, next(&line), true);
		free((*o)->verb);
		(*o)->verb = xstrdup(next(&line));
		(*o)->checked = *next(&line) == '1';
		(*o)->failed = *next(&line) == '1';
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
	fprintf(f, "T\t%s\t%s\t%d\t%d\n", o->target, o->verb, o->checked, o->failed);
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
	for (size_t i = 0; i < s->n; i++)
		output_free(&s->out[i]);
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
