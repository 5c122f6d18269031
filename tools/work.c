// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drift.h"
#include "evidence.h"
#include "file.h"
#include "hold.h"
#include "mem.h"
#include "run.h"
#include "status.h"
#include "work.h"

/* A checked-out kernel and our commits on it. */
#define BUILD_MIB 2500

static int hold(struct work *w)
{
	autofree char *lock = xasprintf("%s/lock", w->project.build);

	return hold_take(lock, w->project.build, false, &w->hold);
}

int work_open(struct work *w, const char *root)
{
	int err;

	*w = (struct work){ .hold = -1 };
	if ((err = project_open(&w->project, root)) || (err = hold(w)) ||
	    (err = pin_read(&w->pin, w->project.root)))
		return err;
	err = stack_read(&w->stack, w->project.root);
	w->applied = xcalloc(w->stack.n, sizeof(*w->applied));
	return err;
}

void work_close(struct work *w)
{
	for (size_t i = 0; w->applied && i < w->stack.n; i++)
		applied_free(&w->applied[i]);
	free(w->applied);
	configs_free(&w->configs);
	stack_free(&w->stack);
	pin_free(&w->pin);
	project_close(&w->project);
	if (w->hold >= 0)
		hold_release(w->hold);
}

/* Machines that metas name have to be there. */
static int check_machines(const struct work *w)
{
	for (size_t i = 0; i < w->stack.n; i++) {
		const struct series *s = &w->stack.series[i];
		const char *rest = fields_get(&s->meta, "Machines");

		for (; rest && *rest; rest += strcspn(rest, " "), rest += strspn(rest, " ")) {
			autofree char *name = xstrndup(rest, strcspn(rest, " "));

			if (!configs_machine(&w->configs, name))
				return fail(ST_INPUT, "series/%s/meta: Machines: there is no configs/machines/%s",
					    s->slug, name);
		}
	}
	return ST_OK;
}

int work_configs(struct work *w)
{
	int err = configs_read(&w->configs, w->project.root);

	return err ? err : check_machines(w);
}

int work_base(struct work *w)
{
	const struct project *p = &w->project;
	int err = base_have(p, &w->pin, &w->base);

	if (!err && !w->base.pinned)
		notice("the base is not the pinned tree, so locks and evidence are not compared");
	if (!err && !dir_exists(p->linux))
		err = space_check(p->build, BUILD_MIB, "the kernel work tree");
	return err ? err : apply_begin(p, &w->base);
}

const struct point *work_parent(const struct work *w, size_t i)
{
	while (i--)
		if (w->stack.series[i].status == CARRIED)
			return applied_tip(&w->applied[i]);
	return &w->base.point;
}

int work_apply_one(struct work *w, size_t i, bool strict)
{
	const struct series *s = &w->stack.series[i];
	struct applied *a = &w->applied[i];
	int err;

	if (s->status == SUPERSEDED)
		return ST_OK;
	if (s->status == IN_BASE)
		return w->base.pinned ? evidence_check(&w->project, &w->base, s) : ST_OK;
	applied_free(a);
	err = apply_series(&w->project, s, work_parent(w, i), a);
	if (!err && strict && w->base.pinned)
		err = drift_check(s, a);
	return err;
}

/* Branches of series that are no longer in the stack go. */
static int delete_others(const struct work *w, FILE *f)
{
	autofree char *text = NULL;
	char *rest, *name;
	int err = git_out(ST_INFRA, &text, w->project.apply, "for-each-ref",
			  "--format=%(refname:lstrip=2)", "refs/heads", NULL);

	for (rest = text; !err && (name = strsep(&rest, "\n")); )
		if (*name && strcmp(name, "base") && strcmp(name, "stack") &&
		    !list_has(&w->stack.order, name))
			fprintf(f, "delete refs/heads/%s\n", name);
	return err;
}

int work_publish(const struct work *w, size_t n)
{
	const struct project *p = &w->project;
	autofree char *commands = NULL;
	struct run r = { 0 };
	size_t len;
	FILE *f = xmemstream(&commands, &len);
	int err;

	err = delete_others(w, f);
	fprintf(f, "update refs/heads/base %s\n", w->base.point.commit.hex);
	if (n == w->stack.n)
		fprintf(f, "update refs/heads/stack %s\n",
			work_parent(w, n)->commit.hex);
	for (size_t i = 0; i < n; i++)
		if (w->stack.series[i].status == CARRIED)
			fprintf(f, "update refs/heads/%s %s\n", w->stack.series[i].slug,
				applied_tip(&w->applied[i])->commit.hex);
	fclose(f);
	r.input = commands;
	if (!err)
		err = git_run(&r, p->apply, (const char *[]){ "update-ref",
			      "--stdin", NULL });
	if (!err && r.status)
		err = fail(ST_INFRA, "git update-ref in %s: %s", p->apply, run_why(&r));
	run_free(&r);
	return err;
}

int work_all(struct work *w)
{
	int err = work_base(w);

	for (size_t i = 0; !err && i < w->stack.n; i++)
		err = work_apply_one(w, i, true);
	return err ? err : work_publish(w, w->stack.n);
}
