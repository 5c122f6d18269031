// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mailed.h"
#include "mem.h"
#include "run.h"

/* The id of the diff in @mail, "" when there is none; the caller frees. */
static int diff_id(const struct project *p, const char *mail, char **id)
{
	struct run r = { .input = mail };
	int err = git_run(&r, p->apply, (const char *[]){ "patch-id", "--verbatim", NULL });

	if (!err && r.status)
		err = fail(ST_INFRA, "git patch-id: %s", run_why(&r));
	if (!err)
		*id = xstrndup(r.out, strcspn(r.out, "\n "));
	run_free(&r);
	return err;
}

/* Subject and message of @mail as git am would take them; the caller frees. */
static int words(const struct project *p, const char *mail, char **text)
{
	autofree char *dir = NULL, *message = NULL, *diff = NULL, *body = NULL;
	struct run r = { .input = mail };
	const char *subject;
	int err = project_tmp(p, "mailed", &dir);

	message = xasprintf("%s/message", dir);
	diff = xasprintf("%s/diff", dir);
	if (!err)
		err = git_run(&r, p->apply, (const char *[]){ "mailinfo", message, diff, NULL });
	if (!err && r.status)
		err = fail(ST_INPUT, "git mailinfo: %s", run_why(&r));
	if (!err)
		err = file_read(message, &body, NULL);
	subject = err ? NULL : strstr(r.out, "Subject: ");
	*text = xasprintf("%.*s\n%s", subject ? (int)strcspn(subject, "\n") : 0,
			  subject ? subject : "", body ? body : "");
	run_free(&r);
	return err;
}

static int compare_words(const struct subject *s, const char *mail, bool *same)
{
	const struct project *p = &s->work->project;
	autofree char *a = NULL, *b = NULL;
	int err = words(p, s->patch->data, &a);

	if (!err)
		err = words(p, mail, &b);
	*same = !err && !strcmp(a, b);
	return err;
}

/* One diff may be there twice, with a revert between, so the words tell which it is. */
static int try(struct mailed *m, const struct subject *s, const char *id, const char *mail)
{
	autofree char *own = NULL;
	int err = diff_id(&s->work->project, s->patch->data, &own);

	if (err || strcmp(own, id))
		return err;
	m->point = s;
	return compare_words(s, mail, &m->worded);
}

int mailed_find(struct mailed *m, const struct subjects *all, const char *mail)
{
	autofree char *id = NULL;
	int err = diff_id(&all->subject[0].work->project, mail, &id);

	*m = (struct mailed){ 0 };
	if (!err && !*id)
		return fail(ST_INPUT, "there is no diff in the mail on standard input");
	for (size_t i = 0; !err && !m->worded && i < all->n; i++)
		if (all->subject[i].patch)
			err = try(m, &all->subject[i], id, mail);
	return err;
}
