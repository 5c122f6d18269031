// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "git.h"
#include "mem.h"
#include "reject.h"
#include "run.h"
#include "status.h"

/* Lines shown of either side; more does not help to see the difference. */
#define MOST 12

/* A hunk that git apply refused. */
struct reject {
	const struct change *change;
	const struct hunk *hunk;
	size_t nr;
};

/* Find "error: patch failed: <path>:<line>" in what git apply said. */
static bool find_reject(const struct patch *p, const char *said, struct reject *r)
{
	static const char words[] = "error: patch failed: ";
	const char *at = strstr(said, words);

	for (size_t i = 0; at && i < p->nchange; i++) {
		const struct change *c = &p->change[i];
		const char *path = at + strlen(words);
		size_t len = strlen(c->old_path);

		if (strncmp(path, c->old_path, len) || path[len] != ':')
			continue;
		for (size_t k = 0; k < c->nhunk; k++) {
			if (c->hunk[k].old_start != atoi(path + len + 1))
				continue;
			*r = (struct reject){ c, &c->hunk[k], k + 1 };
			return true;
		}
	}
	return false;
}

/* The lines that the hunk takes for granted; returns how many there are. */
static int print_expected(FILE *f, const struct hunk *h)
{
	const char *end = h->text + h->len;
	int n = 0;

	for (const char *s = h->text; s < end; s += strcspn(s, "\n") + 1) {
		if (*s == '+' || *s == '\\')
			continue;
		if (++n <= MOST)
			fprintf(f, "    |%.*s\n",
				(int)(*s == '\n' ? 0 : strcspn(s, "\n") - 1),
				*s == '\n' ? s : s + 1);
	}
	return n;
}

static int print_found(FILE *f, const struct project *p, const struct reject *r, int n)
{
	autofree char *rev = xasprintf(":%s", r->change->old_path);
	autofree char *text = NULL;
	char *rest, *line;
	int nr = 0, first = r->hunk->old_start;
	int err = git_out(ST_INFRA, &text, p->apply, "cat-file", "blob", rev, NULL);

	if (err)
		return err;
	for (rest = text; (line = strsep(&rest, "\n")); )
		if (++nr >= first && nr < first + n && nr < first + MOST)
			fprintf(f, "    |%s\n", line);
	if (nr < first)
		fprintf(f, "    (the file ends at line %d)\n", nr);
	return ST_OK;
}

static int explain_hunk(const struct project *p, const struct patch *patch,
			const struct reject *r)
{
	autofree char *text = NULL;
	size_t len;
	FILE *f = xmemstream(&text, &len);
	int n, err;

	fprintf(f, "  %s, hunk %zu of %zu (line %d of the patch) expects from line %d:\n",
		r->change->old_path, r->nr, r->change->nhunk, r->hunk->line,
		r->hunk->old_start);
	n = print_expected(f, r->hunk);
	fprintf(f, "  the tree has there:\n");
	err = print_found(f, p, r, n);
	fclose(f);
	if (err)
		return err;
	return fail(ST_APPLY, "%s does not apply\n%smend the patch so that it fits this tree, then run again",
		    patch->path, text);
}

int reject_explain(const struct project *p, const struct patch *patch, const char *said)
{
	struct reject reject;
	struct run r = { 0 };
	int err;

	err = git_run(&r, p->apply, (const char *[]){ "apply", "--cached",
		      "--check", patch->path, NULL });
	if (!err && find_reject(patch, r.err, &reject))
		err = explain_hunk(p, patch, &reject);
	else if (!err)
		err = fail(ST_APPLY, "%s does not apply: %s", patch->path,
			   r.status ? run_why(&r) : said);
	run_free(&r);
	return err;
}
