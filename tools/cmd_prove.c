// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "budget.h"
#include "commands.h"
#include "form.h"
#include "proof.h"
#include "prove.h"
#include "segment.h"
#include "site.h"
#include "status.h"

/* What is read before anything is judged, so that what is wrong with it is said at once. */
struct setting {
	form *show;
	struct context context;
	double seconds;
};

static int read_setting(struct setting *s, const struct work *w, struct store *st)
{
	int err;

	if ((err = form_find(&s->show)) || (err = budget(&s->seconds)))
		return err;
	return context_read(&s->context, w, st);
}

/* A plan of some machines only is not all that is known, so the pages stay as they are. */
static int show(const struct work *w, const struct outcome *o, form *how)
{
	how(o);
	return o->plan->partial ? ST_OK : site_write(w, o);
}

static int conclude(const struct work *w, struct plan *p, struct store *st,
		    const struct setting *s)
{
	struct outcome o;
	int err = outcome_of(&o, p, &s->context, st);

	if (!err)
		err = show(w, &o, s->show);
	if (!err && o.all.failed)
		err = ST_FAILED;
	else if (!err && o.all.left)
		err = ST_NOT_PROVED;
	outcome_free(&o);
	return err;
}

static int prove(const struct work *w, struct store *st)
{
	const char *machines = getenv("MACHINES");
	struct setting s = { 0 };
	struct subjects all, part;
	struct plan p = { 0 };
	int stopped = ST_OK, err;

	subjects_of(w, &all);
	err = read_setting(&s, w, st);
	if (!err)
		err = segment_of(&all, &part);
	if (!err)
		err = plan_make(&p, &part, machines, st);
	p.partial |= segment_given();
	if (!err) {
		stopped = prove_all(&p, st, s.seconds);
		err = conclude(w, &p, st, &s);
	}
	context_free(&s.context);
	plan_free(&p);
	subjects_free(&all);
	return stopped ? stopped : err;
}

int cmd_prove(const char *root, char **args)
{
	struct proof p;
	int err;

	err = proof_open(&p, root);
	if (!err)
		err = prove(&p.work, p.store);
	proof_close(&p);
	return err;
}
