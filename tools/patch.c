// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mem.h"
#include "patch.h"
#include "status.h"

#define NO_GIT_DIFF "a diff without its \"diff --git\" line"
#define NOT_PLAIN "a path with a character that no path of the kernel has"

/* The line being read; it ends at a newline or NUL that stays where it is. */
struct cursor {
	const struct patch *patch;
	const char *line;
	size_t len;
	int nr;
};

static bool begin(struct cursor *c, const struct patch *p)
{
	*c = (struct cursor){ p, p->data, strcspn(p->data, "\n"), 1 };
	return *p->data;
}

static bool next(struct cursor *c)
{
	const char *end = c->line + c->len;

	if (!end[0] || !end[1])
		return false;
	c->line = end + 1;
	c->len = strcspn(c->line, "\n");
	c->nr++;
	return true;
}

/* What stands after @prefix in the line, NULL when it begins otherwise. */
static const char *after(const struct cursor *c, const char *prefix)
{
	size_t n = strlen(prefix);

	return c->len >= n && !strncmp(c->line, prefix, n) ? c->line + n : NULL;
}

static int bad(const struct cursor *c, const char *why)
{
	return fail(ST_INPUT, "%s:%d: %s: \"%.*s\"", c->patch->path, c->nr, why,
		    (int)(c->len > 60 ? 60 : c->len), c->line);
}

/* A header's value with its folded lines joined; moves on to its last line. */
static char *unfold(struct cursor *c, const char *value)
{
	size_t len = c->len - (value - c->line);
	char *s = xasprintf("%.*s", (int)len, value);

	while (c->line[c->len] && isblank((unsigned char)c->line[c->len + 1])) {
		char *joined;
		size_t blank;

		next(c);
		blank = strspn(c->line, " \t");
		if (blank > c->len)
			blank = c->len;
		joined = xasprintf("%s %.*s", s, (int)(c->len - blank),
				   c->line + blank);
		free(s);
		s = joined;
	}
	return s;
}

static char *without_tag(char *subject)
{
	char *end = *subject == '[' ? strchr(subject, ']') : NULL;
	char *s;

	if (!end)
		return subject;
	s = xstrdup(end + 1 + strspn(end + 1, " "));
	free(subject);
	return s;
}

/* Leaves the cursor on the empty line after the headers. */
static int read_headers(struct cursor *c, struct patch *p)
{
	bool from = false;
	const char *v;

	if (!after(c, "From "))
		return bad(c, "no mail as git format-patch writes it");
	while (next(c) && c->len) {
		if ((v = after(c, "From: "))) {
			from = true;
		} else if ((v = after(c, "Date: ")) && !p->date) {
			p->date = unfold(c, v);
		} else if ((v = after(c, "Subject: ")) && !p->subject) {
			p->subject = without_tag(unfold(c, v));
		}
	}
	if (c->len)
		return bad(c, "nothing after the headers");
	if (!from || !p->date || !p->subject || !*p->subject)
		return fail(ST_INPUT, "%s: a From:, Date: or Subject: header is missing",
			    p->path);
	p->body = c->line + 1;
	return ST_OK;
}

/* What paths of the kernel consist of; no shell or terminal reads anything into that. */
static bool path_plain(const char *path)
{
	return !path[strspn(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._,+-")];
}

static bool path_stays(const char *path)
{
	const char *s = path;

	if (*s == '/' || !*s)
		return false;
	while (*s) {
		size_t n = strcspn(s, "/");

		if (!n || (n == 1 && s[0] == '.') ||
		    (n == 2 && !strncmp(s, "..", 2)) ||
		    (n == 4 && !strncasecmp(s, ".git", 4)))
			return false;
		s += n;
		if (*s && !*++s)
			return false;
	}
	return true;
}

/* Set *@to to a path of the tree, or check that it says what is there. */
static int take_path(const struct cursor *c, const char *text, char **to)
{
	size_t len = c->len - (text - c->line);
	autofree char *path = xasprintf("%.*s", (int)len, text);

	path[strcspn(path, "\t")] = '\0';
	if (*path == '"')
		return bad(c, "a quoted path; the kernel has none");
	if (!path_stays(path))
		return bad(c, "a path that leaves the tree");
	if (!path_plain(path))
		return bad(c, NOT_PLAIN);
	if (*to && strcmp(*to, path))
		return bad(c, "a path that disagrees with its \"diff --git\" line");
	if (!*to)
		*to = xstrdup(path);
	return ST_OK;
}

/* "diff --git a/PATH b/PATH": one path twice, or else a rename that says so. */
static int start_change(struct cursor *c, struct patch *p, const char *v)
{
	size_t len = c->len - (v - c->line);
	size_t half = len > 4 ? (len - 5) / 2 : 0;
	struct change *ch;
	autofree char *a = NULL;

	if (len < 7 || strncmp(v, "a/", 2))
		return bad(c, "not \"diff --git a/PATH b/PATH\"");
	ch = array_more(p->change, p->nchange);
	p->nchange++;
	if (len != 2 * half + 5 || strncmp(v + 2 + half, " b/", 3) ||
	    strncmp(v + 2, v + 5 + half, half))
		return ST_OK;
	a = xstrndup(v + 2, half);
	if (!path_stays(a))
		return bad(c, "a path that leaves the tree");
	if (!path_plain(a))
		return bad(c, NOT_PLAIN);
	ch->old_path = xstrdup(a);
	ch->new_path = xstrdup(a);
	return ST_OK;
}

/* A symlink or a submodule: git has no other modes but those of files. */
static bool names_no_file(const struct cursor *c)
{
	static const char *const modes[] = {
		"new file mode ", "old mode ", "new mode ", "deleted file mode ",
	};
	const char *v;

	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++)
		if ((v = after(c, modes[i])))
			return strncmp(v, "100", 3);
	return after(c, "index ") && c->len > 7 && c->line[c->len - 7] == ' ' &&
	       strncmp(c->line + c->len - 6, "100", 3);
}

/* A number at *@at, inside the line, that an int holds; *@at moves behind it. */
static bool read_number(const char **at, int *n)
{
	unsigned long value;
	char *end;

	if (!isdigit((unsigned char)**at))
		return false;
	value = strtoul(*at, &end, 10);
	*at = end;
	*n = value;
	return value <= INT_MAX;
}

/* "<start>" or "<start>,<count>" after @sign at *@at, which moves behind it. */
static bool read_range(const char **at, char sign, int *start, int *count)
{
	*count = 1;
	if (**at != sign)
		return false;
	++*at;
	if (!read_number(at, start))
		return false;
	if (**at != ',')
		return true;
	++*at;
	return read_number(at, count);
}

/* "@@ -start,count +start,count @@", without sscanf(3), which measures all that follows. */
static bool read_hunk_header(const char *line, int *start, int *old, int *new)
{
	const char *at = line + strlen("@@ ");
	int unused;

	return read_range(&at, '-', start, old) && *at++ == ' ' &&
	       read_range(&at, '+', &unused, new) && !strncmp(at, " @@", 3);
}

/*
 * Check that as many lines follow as the header says; leaves the cursor on the hunk's
 * last line.
 */
static int read_hunk(struct cursor *c, struct change *ch)
{
	struct cursor head = *c;
	int start, old, new;
	struct hunk *h;

	if (!read_hunk_header(c->line, &start, &old, &new))
		return bad(c, "not a hunk header");
	h = array_more(ch->hunk, ch->nhunk);
	*h = (struct hunk){ start, c->nr, c->line + c->len + 1, 0 };
	ch->nhunk++;
	while (old > 0 || new > 0) {
		if (!next(c))
			return bad(&head, "a hunk that is cut short");
		switch (*c->line) {
		case ' ':
		case '\n':
			old--;
			new--;
			break;
		case '-':
			old--;
			break;
		case '+':
			new--;
			break;
		case '\\':
			break;
		default:
			return bad(&head, "a hunk that is cut short");
		}
	}
	if (old || new)
		return bad(&head, "a hunk longer than its header says");
	h->len = c->line + c->len - h->text;
	return ST_OK;
}

/* A diff as diff(1) writes it, which git takes for one too. */
static bool begins_plain_diff(const struct cursor *c)
{
	struct cursor below = *c;

	return after(c, "@@ -") ||
	       (after(c, "--- ") && next(&below) && after(&below, "+++ "));
}

/* What comes after a hunk and begins neither another nor another file. */
static int check_between(const struct cursor *c)
{
	if (begins_plain_diff(c))
		return bad(c, NO_GIT_DIFF);
	if (after(c, "+") || after(c, " ") || (after(c, "-") && !after(c, "-- ")))
		return bad(c, "a line that belongs to no hunk");
	return ST_OK;
}

static int read_diff_line(struct cursor *c, struct patch *p)
{
	struct change *ch = p->nchange ? &p->change[p->nchange - 1] : NULL;
	const char *v;

	if ((v = after(c, "diff --git ")))
		return start_change(c, p, v);
	if (!ch)
		return begins_plain_diff(c) ? bad(c, NO_GIT_DIFF) : ST_OK;
	if (names_no_file(c))
		return bad(c, "a symlink or submodule; patches here touch regular files only");
	if (after(c, "@@ "))
		return read_hunk(c, ch);
	if (ch->nhunk)
		return check_between(c);
	if ((v = after(c, "--- a/")) || (v = after(c, "rename from ")) ||
	    (v = after(c, "copy from ")))
		return take_path(c, v, &ch->old_path);
	if ((v = after(c, "+++ b/")) || (v = after(c, "rename to ")) ||
	    (v = after(c, "copy to ")))
		return take_path(c, v, &ch->new_path);
	if (((v = after(c, "--- ")) || (v = after(c, "+++ "))) &&
	    (c->line + c->len - v != 9 || strncmp(v, "/dev/null", 9)))
		return bad(c, "a path that leaves the tree");
	return ST_OK;
}

static int read_body(struct cursor *c, struct patch *p)
{
	int err = ST_OK;

	while (!err && next(c)) {
		if (after(c, "From "))
			return bad(c, "a line that an mbox takes for a new mail; word it differently");
		err = read_diff_line(c, p);
	}
	for (size_t i = 0; !err && i < p->nchange; i++)
		if (!p->change[i].old_path || !p->change[i].new_path)
			err = fail(ST_INPUT, "%s: a \"diff --git\" line without paths",
				   p->path);
	if (!err && !p->nchange)
		err = fail(ST_INPUT, "%s: no diff in it", p->path);
	return err;
}

int patch_read(struct patch *p, const char *path)
{
	struct cursor c;
	int err;

	*p = (struct patch){ .path = xstrdup(path) };
	err = file_read(path, &p->data, NULL);
	if (err)
		return err;
	if (!begin(&c, p))
		return fail(ST_INPUT, "%s: empty", path);
	err = read_headers(&c, p);
	return err ? err : read_body(&c, p);
}

void patch_free(struct patch *p)
{
	for (size_t i = 0; i < p->nchange; i++) {
		free(p->change[i].old_path);
		free(p->change[i].new_path);
		free(p->change[i].hunk);
	}
	free(p->change);
	free(p->path);
	free(p->data);
	free(p->subject);
	free(p->date);
	*p = (struct patch){ 0 };
}
