// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "mem.h"
#include "warnings.h"

/* Sources are one directory above the objects, hence "../". */
static const char *source_path(const char *s)
{
	while (!strncmp(s, "./", 2) || !strncmp(s, "../", 3))
		s += s[1] == '/' ? 2 : 3;
	return s;
}

/* Skip ":<digits>" as often as it is there. */
static const char *skip_position(const char *s)
{
	while (*s == ':' && isdigit((unsigned char)s[1]))
		s += 1 + strspn(s + 1, "0123456789");
	return s;
}

/*
 * @text without what changes when code moves: ":12:3" after a name, "+0x1f",
 * blanks in a row, and the quotes of another locale.
 */
static char *normal(const char *text)
{
	char *out = xcalloc(strlen(text) + 1, 1), *to = out;

	for (const char *s = text; *s; ) {
		if (to > out && isalnum((unsigned char)to[-1]) && skip_position(s) != s) {
			s = skip_position(s);
		} else if (!strncmp(s, "+0x", 3)) {
			s += 3 + strspn(s + 3, "0123456789abcdef");
		} else if (!strncmp(s, "\xe2\x80\x98", 3) || !strncmp(s, "\xe2\x80\x99", 3)) {
			*to++ = '\'';
			s += 3;
		} else if (isspace((unsigned char)*s)) {
			*to++ = ' ';
			s += strspn(s, " \t\n\v\f\r");
		} else {
			*to++ = *s++;
		}
	}
	return out;
}

static struct warning *add(struct warnings *ws, enum speaker by, bool error,
			   const char *line)
{
	struct warning *w = array_more(ws->w, ws->n);

	ws->n++;
	w->by = by;
	w->error = error;
	w->said = xstrdup(source_path(line));
	for (char *c = w->said; *c; c++)
		if (*c == '\t')
			*c = ' ';
	return w;
}

void listener_reset(struct listener *l, bool sparse)
{
	free(l->file);
	free(l->symbol);
	*l = (struct listener){ .sparse = sparse };
}

/*
 * The text after "[<cross>-]ld: ", or what gcc says of the ld that it ran (UML is
 * linked by gcc); NULL when @line is of no linker.
 */
static const char *linker_text(const char *line)
{
	static const char collect[] = "collect2: ";
	const char *colon = strstr(line, "ld: ");

	if (!strncmp(line, collect, sizeof(collect) - 1))
		return line + sizeof(collect) - 1;
	if (!colon || (colon > line && colon[-1] != '-' && colon[-1] != '/') ||
	    memchr(line, ' ', colon - line))
		return NULL;
	return colon + 4;
}

/* "<file>: In function 'foo':", of gcc or (with a small letter) of ld. */
static bool hear_place(struct listener *l, const char *line)
{
	static const char *const marks[] = {
		": In function ", ": in function ", ": At top level",
	};
	const char *linker = linker_text(line);
	const char *file = source_path(linker ? linker : line);
	bool sparse = l->sparse;

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		const char *mark = strstr(file, marks[i]);

		if (!mark || file[strlen(file) - 1] != ':')
			continue;
		listener_reset(l, sparse);
		l->file = xstrndup(file, mark - file);
		l->symbol = normal(mark + strlen(marks[i]));
		l->symbol[strcspn(l->symbol, ":,")] = '\0';
		return true;
	}
	return false;
}

/* The word after a position; its length is 0 when it announces no complaint. */
static size_t severity(const char *s, bool *error)
{
	static const struct {
		const char *word;
		bool error;
	} words[] = {
		{ "warning: ", false }, { "error: ", true }, { "fatal error: ", true },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		*error = words[i].error;
		if (!strncasecmp(s, words[i].word, strlen(words[i].word)))
			return strlen(words[i].word);
	}
	return 0;
}

/* "WARNING: modpost: ..." and "WARNING: <anything else>". */
static bool hear_script(struct warnings *ws, const char *line)
{
	struct warning *w;
	bool error;
	size_t len = severity(line, &error);
	const char *text = line + len;
	const char *file = source_path(text);
	size_t name = strcspn(file, ": ");
	const char *end = skip_position(file + name);

	if (!len)
		return false;
	if (!strncmp(text, "modpost: ", 9)) {
		w = add(ws, BY_MODPOST, error, line);
		w->file = xstrdup("modpost");
		w->text = normal(text + 9);
	} else if (end != file + name) {
		/* kernel-doc: "Warning: <file>:<line> <text>" */
		w = add(ws, BY_DOC, error, line);
		w->file = xstrndup(file, name);
		w->text = normal(*end ? end + 1 : end);
	} else {
		w = add(ws, BY_COMPILER, error, line);
		w->file = xstrdup("");
		w->text = normal(text);
	}
	w->symbol = xstrdup("");
	return true;
}

/* "<object>: warning: objtool: <symbol>+0x12: <text>" */
static bool hear_objtool(struct warnings *ws, const char *line)
{
	const char *mark = strstr(line, ": objtool: ");
	const char *colon = strstr(line, ": ");
	struct warning *w;
	bool error;

	if (!mark || !severity(colon + 2, &error))
		return false;
	w = add(ws, BY_OBJTOOL, error, line);
	mark += strlen(": objtool: ");
	w->file = xstrndup(source_path(line), colon - source_path(line));
	w->text = normal(mark);
	w->symbol = xstrndup(mark, strcspn(mark, "+:(. "));
	return true;
}

/* What ld says, and what it says of a place: "main.c:(.text+0xe): <text>". */
static bool hear_linker(struct warnings *ws, const struct listener *l, const char *line)
{
	const char *text = linker_text(line);
	const char *place = strstr(line, ":(.");
	struct warning *w;

	if (!text && !place)
		return false;
	if (!text)
		text = source_path(line);
	w = add(ws, BY_LINKER, strncmp(text, "warning: ", 9), line);
	w->file = xstrdup(l->file ? l->file : "");
	w->symbol = xstrdup(l->symbol ? l->symbol : "");
	w->text = normal(source_path(text));
	return true;
}

/* "<file>:<line>[:<column>]: warning: <text>" */
static bool hear_compiler(struct warnings *ws, const struct listener *l, const char *line)
{
	const char *file = source_path(line);
	size_t name = strcspn(file, ": ");
	const char *s = skip_position(file + name);
	struct warning *w;
	bool error;
	size_t len;

	if (s == file + name || strncmp(s, ": ", 2))
		return false;
	len = severity(s + 2, &error);
	if (!len)
		return false;
	w = add(ws, l->sparse ? BY_SPARSE : BY_COMPILER, error, line);
	w->file = xstrndup(file, name);
	w->symbol = xstrdup(l->symbol && !l->sparse ? l->symbol : "");
	w->text = normal(s + 2 + len);
	return true;
}

/* What ends without a place: "cc1: warning: ...", "gcc: fatal error: ...". */
static bool hear_program(struct warnings *ws, const char *line)
{
	size_t name = strcspn(line, ": ");
	struct warning *w;
	bool error;

	if (!name || strncmp(line + name, ": ", 2) || !severity(line + name + 2, &error))
		return false;
	w = add(ws, BY_COMPILER, error, line);
	w->file = xstrndup(line, name);
	w->symbol = xstrdup("");
	w->text = normal(line + name + 2);
	return true;
}

bool warnings_hear(struct warnings *ws, struct listener *l, const char *line)
{
	return !hear_place(l, line) &&
	       (hear_script(ws, line) || hear_objtool(ws, line) ||
		hear_linker(ws, l, line) || hear_compiler(ws, l, line) ||
		hear_program(ws, line));
}

/* The line @nr, from 1, of @source without what changes when it moves. */
static char *line_of(const char *source, unsigned long nr)
{
	autofree char *line = NULL;

	while (--nr && *source) {
		source += strcspn(source, "\n");
		source += *source == '\n';
	}
	source += strspn(source, " \t");
	line = xstrndup(source, strcspn(source, "\n"));
	return normal(line);
}

/* @text without the numbers of other lines: "line 12", "lines 12". */
static char *without_lines(const char *text)
{
	autofree char *copy = xstrdup(text);
	char *to = copy;

	for (const char *s = text; *s; ) {
		size_t n = strspn(s, "0123456789");
		bool is_line = (to >= copy + 5 && !memcmp(to - 5, "line ", 5)) ||
			       (to >= copy + 6 && !memcmp(to - 6, "lines ", 6));

		if (n && is_line)
			s += n;
		else
			*to++ = *s++;
	}
	*to = '\0';
	return normal(copy);
}

/* "<file>:<line>:<column>-<column>: <text>" */
bool warnings_hear_spatch(struct warnings *ws, const char *line, const char *source)
{
	const char *file = source_path(line);
	size_t name = strcspn(file, ": ");
	unsigned long nr, from, to;
	struct warning *w;
	int end = 0;

	if (sscanf(file + name, ":%lu:%lu-%lu: %n", &nr, &from, &to, &end) != 3 || !end || !nr)
		return false;
	w = add(ws, BY_SPATCH, false, line);
	w->file = xstrndup(file, name);
	w->symbol = line_of(source, nr);
	w->text = without_lines(file + name + end);
	return true;
}

void warning_copy(struct warning *to, const struct warning *from)
{
	*to = (struct warning){
		.by = from->by,
		.error = from->error,
		.file = xstrdup(from->file),
		.symbol = xstrdup(from->symbol),
		.text = xstrdup(from->text),
		.said = xstrdup(from->said),
		.since = from->since ? xstrdup(from->since) : NULL,
	};
}

bool warning_same(const struct warning *a, const struct warning *b)
{
	return a->by == b->by && !strcmp(a->file, b->file) &&
	       !strcmp(a->symbol, b->symbol) && !strcmp(a->text, b->text);
}

const struct warning *warnings_find(const struct warnings *ws, const struct warning *w)
{
	for (size_t i = 0; i < ws->n; i++)
		if (warning_same(&ws->w[i], w))
			return &ws->w[i];
	return NULL;
}

void warnings_new(const struct warnings *now, const struct warnings *before,
		  unsigned int by, struct warnings *fresh)
{
	*fresh = (struct warnings){ 0 };
	for (size_t i = 0; i < now->n; i++) {
		const struct warning *w = &now->w[i];

		if (!(by & 1u << w->by) || warnings_find(before, w) ||
		    warnings_find(fresh, w))
			continue;
		warning_copy(array_more(fresh->w, fresh->n), w);
		fresh->n++;
	}
}

void warnings_free(struct warnings *ws)
{
	for (size_t i = 0; i < ws->n; i++) {
		free(ws->w[i].file);
		free(ws->w[i].symbol);
		free(ws->w[i].text);
		free(ws->w[i].said);
		free(ws->w[i].since);
	}
	free(ws->w);
	*ws = (struct warnings){ 0 };
}

char *warnings_text(const struct warnings *ws, size_t max)
{
	char *text;
	size_t len;
	FILE *f = xmemstream(&text, &len);

	for (size_t i = 0; i < ws->n && i < max; i++)
		fprintf(f, "%s%s", i ? "\n" : "", ws->w[i].said);
	if (ws->n > max)
		fprintf(f, "\n(and %zu more)", ws->n - max);
	fclose(f);
	return text;
}
