// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mbox.h"
#include "mem.h"
#include "run.h"
#include "status.h"

/* The line that begins a mail, as git format-patch --zero-commit writes it. */
#define FROM_LINE "From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\n"

static char *message_id(const struct project *p, const struct series *s, size_t nr)
{
	const char *at = strchr(p->email, '@');

	return xasprintf("<%s-v%d-%zu%s>", s->slug, s->version, nr,
			 at ? at : "@localhost");
}

/* "[PATCH v7 2/9] " with the numbers as wide as b4 and git send-email have them. */
static void print_tag(FILE *f, const struct series *s, size_t nr)
{
	int width = s->files.n > 99 ? 3 : s->files.n > 9 ? 2 : 1;

	fputs("[PATCH", f);
	if (s->version > 1)
		fprintf(f, " v%d", s->version);
	fprintf(f, " %0*zu/%zu] ", width, nr, s->files.n);
}

/* Sum up what the patches change, by diffstat(1). */
static int print_diffstat(FILE *f, const struct series *s)
{
	autofree char *all = NULL;
	size_t len;
	FILE *in = xmemstream(&all, &len);
	struct run r = {
		.argv = (const char *[]){ "diffstat", "-p1", "-w72", NULL },
	};
	int err;

	for (size_t i = 0; i < s->files.n; i++)
		fputs(s->patch[i].body, in);
	fclose(in);
	r.input = all;
	err = run(&r);
	if (!err && r.status)
		err = fail(ST_INFRA, "diffstat on the patches of %s: %s",
			   s->slug, run_why(&r));
	if (!err)
		fputs(r.out, f);
	run_free(&r);
	return err;
}

static int print_cover(FILE *f, const struct project *p, const struct series *s)
{
	autofree char *id = message_id(p, s, 0);

	fprintf(f, FROM_LINE "From: %s <%s>\nDate: %s\n", p->name, p->email,
		s->patch[0].date);
	fprintf(f, "Message-ID: %s\nSubject: ", id);
	print_tag(f, s, 0);
	fprintf(f, "%s\n\n%s\n%s (%zu):\n", s->title, s->cover, p->name,
		s->files.n);
	for (size_t i = 0; i < s->files.n; i++)
		fprintf(f, "  %s\n", s->patch[i].subject);
	fputc('\n', f);
	return print_diffstat(f, s);
}

/*
 * All headers of the patch but its Subject, each on one line: b4 0.12 chokes on
 * a From: that git folded.
 */
static void print_headers(FILE *f, const struct patch *patch)
{
	const char *line = strchr(patch->data, '\n') + 1;
	bool skip = true;

	for (; line < patch->body - 1; line = strchr(line, '\n') + 1) {
		size_t blank = strspn(line, " \t");

		if (!blank) {
			fputs(skip ? "" : "\n", f);
			skip = !strncmp(line, "Subject: ", 9);
		}
		if (!skip)
			fprintf(f, "%s%.*s", blank ? " " : "",
				(int)strcspn(line + blank, "\n"), line + blank);
	}
	fputs(skip ? "" : "\n", f);
}

static void print_patch(FILE *f, const struct project *p, const struct series *s,
			size_t i)
{
	autofree char *id = message_id(p, s, i + 1);
	const struct patch *patch = &s->patch[i];

	fputs(FROM_LINE, f);
	print_headers(f, patch);
	fprintf(f, "Message-ID: %s\n", id);
	if (s->cover) {
		autofree char *cover = message_id(p, s, 0);

		fprintf(f, "In-Reply-To: %s\nReferences: %s\n", cover, cover);
	}
	fputs("Subject: ", f);
	print_tag(f, s, i + 1);
	fprintf(f, "%s\n\n%s\n", patch->subject, patch->body);
}

int mbox_text(const struct project *p, const struct series *s, char **text,
	      size_t *len)
{
	FILE *f = xmemstream(text, len);
	int err = ST_OK;

	if (s->cover) {
		err = print_cover(f, p, s);
		fputc('\n', f);
	}
	for (size_t i = 0; i < s->files.n; i++)
		print_patch(f, p, s, i);
	fclose(f);
	return err;
}

char *mbox_path(const struct project *p, const char *slug)
{
	return xasprintf("%s/mbox/%s.mbx", p->build, slug);
}

int mbox_write(const struct project *p, const struct series *s)
{
	autofree char *dir = xasprintf("%s/mbox", p->build);
	autofree char *path = mbox_path(p, s->slug);
	autofree char *text = NULL;
	size_t len;
	int err = mbox_text(p, s, &text, &len);

	if (!err)
		err = dir_make(dir);
	return err ? err : file_write(path, text, len);
}
