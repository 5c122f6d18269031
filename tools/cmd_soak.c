// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "booted.h"
#include "check.h"
#include "commands.h"
#include "kernel.h"
#include "mem.h"
#include "progress.h"
#include "proof.h"
#include "run.h"
#include "soak.h"
#include "status.h"

static int soak_on(const struct subject *tip, const struct check *c, const struct soak *s,
		   size_t *failed)
{
	const struct booted_test test = { s->test, s->seconds };
	autofree char *step = xasprintf("%s for %u s on %s", s->test, s->seconds, c->machine);
	struct subject subject = *tip;
	struct verdict v = { 0 };
	struct booted b;
	struct kernel k;
	int err;

	subject.words = s->words;
	/* What ran before is no answer to another run. */
	subject.run = progress_clock() * 1000;
	kernel_of(&subject, c->config, c->machine, &k);
	progress_begin(step);
	err = booted_with(&k.point, &test, false, &b);
	progress_end();
	if (!err) {
		booted_judge(&b, &v);
		printf("%-32s %-16s %s %.0f s\n", s->test, c->machine, verdict_name(v.kind),
		       b.boot.guest.seconds);
		if (v.kind != V_PASS)
			printf("%s\n", v.text);
		*failed += v.kind != V_PASS;
	}
	verdict_free(&v);
	booted_free(&b);
	kernel_done(&k);
	return err;
}

/* On every machine where the series' kselftests are run, those of variants, too. */
static int soak_tip(const struct subject *tip, const struct checks *checks, size_t *ran,
		    size_t *failed)
{
	struct soaks all = { 0 };
	int err = soaks_read(&all, tip->work->project.root, tip->series->slug);

	for (size_t i = 0; !err && i < checks->n; i++) {
		const struct check *c = &checks->check[i];

		if (!check_tests_series(c, tip))
			continue;
		for (size_t j = 0; !err && j < all.n; j++) {
			err = soak_on(tip, c, &all.soak[j], failed);
			++*ran;
			if (!err)
				err = interrupted();
		}
	}
	soaks_free(&all);
	return err;
}

static int soak(const struct work *w, const char *slug)
{
	size_t ran = 0, failed = 0;
	struct subjects points;
	struct checks checks;
	int err = ST_OK;

	checks_of(&w->configs, &checks);
	subjects_of(w, &points);
	for (size_t i = 0; !err && i < points.n; i++) {
		const struct subject *s = &points.subject[i];

		if (s->series && s->tip && (!slug || !strcmp(slug, s->series->slug)))
			err = soak_tip(s, &checks, &ran, &failed);
	}
	subjects_free(&points);
	checks_free(&checks);
	if (err)
		return err;
	printf("%zu passed, %zu failed\n", ran - failed, failed);
	return failed ? ST_FAILED : ST_OK;
}

int cmd_soak(const char *root, char **args)
{
	struct proof p;
	size_t i;
	int err;

	err = proof_open(&p, root);
	if (!err && args[0])
		err = stack_find(&p.work.stack, args[0], &i);
	if (!err)
		err = soak(&p.work, args[0]);
	proof_close(&p);
	return err;
}
