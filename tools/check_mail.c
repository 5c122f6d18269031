// SPDX-License-Identifier: GPL-2.0-only
/*
 * Is the patch fit to be sent?  Subject, body, wrapping and identity as
 * Documentation/process/submitting-patches.rst of the kernel asks for them, and
 * as this project does: nobody is named in a tag but the project itself.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "mem.h"
#include "status.h"

/* checkpatch's limit for lines of a commit message. */
#define WIDTH 75

/* What is wrong so far: lines of text. */
struct faults {
	FILE *f;
	size_t n;
};

#define fault(faults, ...) \
	(fprintf((faults)->f, (faults)->n++ ? "\n" : ""), \
	 fprintf((faults)->f, __VA_ARGS__))

static int inputs(const struct check *check, const struct subject *s, struct key *k)
{
	autofree char *mail = project_mail(&s->work->project);

	key_add_data(k, "patch", s->patch->data, strlen(s->patch->data));
	key_add(k, "name", "%s", s->series->files.name[s->nr - 1]);
	key_add(k, "identity", "%s", mail);
	return ST_OK;
}

/*
 * git format-patch's way to make a file name of a subject: letters, digits, "."
 * and "_" stay, anything else becomes one "-", none at the end; 52 bytes of that,
 * which may well end in "-".
 */
static char *file_name_of(const char *subject)
{
	char *name = xcalloc(strlen(subject) + 1, 1);
	size_t n = 0;

	for (const char *s = subject; *s; s++) {
		if (isalnum((unsigned char)*s) || *s == '_' || (*s == '.' && s[1] != '.'))
			name[n++] = *s;
		else if (n && name[n - 1] != '-' && *s != '.')
			name[n++] = '-';
	}
	while (n && (name[n - 1] == '-' || name[n - 1] == '.'))
		n--;
	name[n < 52 ? n : 52] = '\0';
	return name;
}

/* What would do something to the terminal that shows it. */
static bool has_control(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (iscntrl((unsigned char)text[i]) && text[i] != '\t')
			return true;
	return false;
}

static void check_subject(const struct subject *s, struct faults *faults)
{
	static const char *const unfinished[] = {
		"fixup!", "squash!", "amend!", "WIP", "wip:",
	};
	const char *subject = s->patch->subject;
	const char *file = s->series->files.name[s->nr - 1] + 5;
	autofree char *name = file_name_of(subject);

	for (size_t i = 0; i < sizeof(unfinished) / sizeof(*unfinished); i++)
		if (!strncmp(subject, unfinished[i], strlen(unfinished[i])))
			fault(faults, "subject begins with \"%s\": it is unfinished", unfinished[i]);
	if (has_control(subject, strlen(subject)))
		fault(faults, "a control character in the subject: \"%s\"", subject);
	if (!strstr(subject, ": "))
		fault(faults, "subject names no subsystem: \"%s\"", subject);
	if (strncmp(file, name, strlen(name)) || strcmp(file + strlen(name), ".patch"))
		fault(faults, "subject \"%s\" is not that of %s", subject, file - 5);
}

/* Lines that may be long: what cannot be broken, or is quoted as it is. */
static bool may_be_long(const char *line, size_t len)
{
	size_t words = 0;

	for (size_t i = 0; i < len; i++)
		words += line[i] == ' ' && i && line[i - 1] != ' ';
	return !words || isblank((unsigned char)*line) || *line == '>' ||
	       *line == '|' || *line == '+' ||
	       (words == 1 && memmem(line, len, "://", 3));
}

/* "Word-word: ..." with an address in it: a tag that names somebody. */
static bool is_tag(const char *line, size_t len)
{
	size_t name = strcspn(line, ": \n");

	return isupper((unsigned char)*line) && name < len && line[name] == ':' &&
	       memchr(line, '@', len);
}

static void check_line(const char *line, size_t len, const char *mail,
		       struct faults *faults, bool *signed_off)
{
	if (has_control(line, len))
		fault(faults, "a control character: \"%.*s\"", (int)len, line);
	if (is_tag(line, len)) {
		if (!memmem(line, len, mail, strlen(mail)))
			fault(faults, "a tag that names somebody else: \"%.*s\"", (int)len, line);
		*signed_off |= !strncmp(line, "Signed-off-by: ", 15);
		return;
	}
	if (len > WIDTH && !may_be_long(line, len))
		fault(faults, "a line of %zu columns, %d are the limit: \"%.*s\"",
		      len, WIDTH, (int)len, line);
}

static void check_body(const struct subject *s, const char *mail, struct faults *faults)
{
	const char *end = strstr(s->patch->body, "\n---\n");
	bool signed_off = false;
	size_t words = 0;

	if (!end) {
		fault(faults, "no \"---\" between message and diff");
		return;
	}
	for (const char *line = s->patch->body; line < end; ) {
		size_t len = strcspn(line, "\n");

		check_line(line, len, mail, faults, &signed_off);
		if (!is_tag(line, len))
			words += len;
		line += len + 1;
	}
	if (!words)
		fault(faults, "no body: say the problem, the change, and why so");
	if (!signed_off)
		fault(faults, "no Signed-off-by: of this project");
}

static void check_from(const struct subject *s, const char *mail, struct faults *faults)
{
	autofree char *from = xasprintf("\nFrom: %s\n", mail);
	autofree char *folded = xasprintf("\nFrom: %s\n <%s>\n", s->work->project.name,
					  s->work->project.email);
	autofree char *head = xstrndup(s->patch->data, s->patch->body - s->patch->data);

	if (!strstr(head, from) && !strstr(head, folded))
		fault(faults, "From: is not this project's");
}

static int run(const struct check *check, const struct subject *s, struct verdict *v)
{
	autofree char *mail = project_mail(&s->work->project);
	autofree char *text = NULL;
	struct faults faults = { 0 };
	size_t len;

	faults.f = xmemstream(&text, &len);
	check_from(s, mail, &faults);
	check_subject(s, &faults);
	check_body(s, mail, &faults);
	fclose(faults.f);
	if (faults.n)
		return verdict(v, V_FAIL, FAIL_STYLE, "%s", text);
	return verdict(v, V_PASS, FAIL_NONE, "subject, body, tags and identity are in order");
}

const struct check check_mail = {
	.name = "mail",
	.what = "is the mail fit to be sent?",
	.digest = CHECK_DIGEST,
	.applies = check_has_patch,
	.inputs = inputs,
	.run = run,
};
