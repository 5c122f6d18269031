// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "arch.h"
#include "check.h"
#include "kernel.h"
#include "list.h"
#include "mem.h"
#include "status.h"

static const struct check *const questions[] = {
	&check_suite,
	&check_mail,
	&check_lock,
	&check_fuzz,
	&check_style,
	&check_doc,
	&check_cocci,
	&check_proof,
	&check_model,
	&check_build,
	&check_link,
	&check_w1,
	&check_sparse,
	&check_clang,
	&check_inert,
	&check_outside,
	&check_kselftest_build,
	&check_console,
	&check_kunit,
	&check_kselftest,
	&check_unchanged,
	&check_compiled,
};

#define ABOUT(what) (1u << ABOUT_ ## what)

/* The questions about one of @about, of the kernel of @config and its run on @machine if any. */
static void ask(struct checks *all, unsigned int about, const char *config,
		const struct machine *machine)
{
	const char *where = machine ? machine->name : config;

	for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++) {
		const struct check *q = questions[i];
		struct check *c;

		if (!(about & 1u << q->about))
			continue;
		c = array_more(all->check, all->n);
		all->n++;
		*c = *q;
		c->name = where ? xasprintf("%s@%s", q->name, where) : xstrdup(q->name);
		c->config = config;
		c->machine = machine ? machine->name : NULL;
		c->special = machine && machine->special;
	}
}

static void ask_of_machine(struct checks *all, const struct machine *m)
{
	const struct arch *arch;
	bool tests = !arch_of(m->config, &arch) && arch->selftests;

	ask(all, tests ? ABOUT(RUN) | ABOUT(TESTS) : ABOUT(RUN), m->config, m);
}

/* The questions about runs of the kernel of @config on those that are @special or not. */
static void ask_of_machines(struct checks *all, const struct configs *cs, const char *config,
			    bool special)
{
	for (size_t i = 0; i < cs->nmachines; i++)
		if (!strcmp(cs->machine[i].config, config) && cs->machine[i].special == special)
			ask_of_machine(all, &cs->machine[i]);
}

void checks_of(const struct configs *cs, struct checks *all)
{
	*all = (struct checks){ 0 };
	ask(all, ABOUT(POINT), NULL, NULL);
	for (size_t i = 0; i < cs->n; i++) {
		ask(all, ABOUT(KERNEL), cs->name[i], NULL);
		ask_of_machines(all, cs, cs->name[i], false);
		ask_of_machines(all, cs, cs->name[i], true);
	}
	if (cs->n)
		ask(all, ABOUT(KERNELS), NULL, NULL);
}

void checks_free(struct checks *all)
{
	for (size_t i = 0; i < all->n; i++)
		free((char *)all->check[i].name);
	free(all->check);
	*all = (struct checks){ 0 };
}

bool check_tests_series(const struct check *c, const struct subject *s)
{
	return !strncmp(c->name, "kselftest@", 10) && c->applies(c, s) &&
	       kernel_tests_on(s, s->series, c->machine);
}

static bool is_selected(const struct check *c, const struct configs *cs, const char *machines)
{
	if (!c->config || c->machine)
		return !c->machine || has_word(machines, c->machine);
	for (size_t i = 0; i < cs->nmachines; i++)
		if (!strcmp(cs->machine[i].config, c->config) &&
		    has_word(machines, cs->machine[i].name))
			return true;
	return false;
}

int checks_select(struct checks *all, const struct configs *cs, const char *machines)
{
	size_t kept = 0;

	for (const char *s = machines + strspn(machines, " "); *s; s += strspn(s, " ")) {
		autofree char *name = xstrndup(s, strcspn(s, " "));

		if (!configs_machine(cs, name))
			return fail(ST_USAGE, "MACHINES names %s, but there is no configs/machines/%s",
				    name, name);
		s += strlen(name);
	}
	for (size_t i = 0; i < all->n; i++) {
		if (is_selected(&all->check[i], cs, machines))
			all->check[kept++] = all->check[i];
		else
			free((char *)all->check[i].name);
	}
	all->n = kept;
	return ST_OK;
}

const struct check *checks_find(const struct checks *all, const char *name)
{
	for (size_t i = 0; i < all->n; i++)
		if (!strcmp(all->check[i].name, name))
			return &all->check[i];
	return NULL;
}

const char *check_where(const struct check *c)
{
	const char *at = strchr(c->name, '@');

	return at ? at + 1 : "";
}

const char *check_machine(const struct check *c, const struct configs *cs)
{
	if (!c->config || c->machine)
		return c->machine;
	for (size_t i = 0; i < cs->nmachines; i++)
		if (!strcmp(cs->machine[i].config, c->config))
			return cs->machine[i].name;
	return NULL;
}

bool check_in_variant(const struct check *c)
{
	return c->config && config_variant(c->config);
}

bool check_has_patch(const struct check *check, const struct subject *s)
{
	return s->patch;
}
