// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "kernel.h"
#include "mem.h"

/* What "any" architecture means: a machine that is common, and one that is none. */
static const char any[] = "x86_64 um";

/* All configurations that @s is about but for variants, ended by NULL. */
static const char **configs_of(const struct subject *s)
{
	const struct configs *cs = &s->work->configs;
	const char **name = xcalloc(cs->n + 1, sizeof(*name));
	size_t n = 0;

	for (size_t i = 0; i < cs->n; i++)
		if (!config_variant(cs->name[i]) && kernel_concerns(s, cs->name[i]))
			name[n++] = cs->name[i];
	return name;
}

/* All KUnit suites are built in, but a kselftest only where its series is judged. */
static void lay(const struct subject *s, struct kernel *k, const struct series *series,
		int level, int before)
{
	const char *root = s->work->project.root;
	autofree char *kunit = xasprintf("%s/kunit/%s", root, series->slug);
	autofree char *selftests = xasprintf("%s/selftests/%s", root, series->slug);

	if (!dir_exists(kunit) && !dir_exists(selftests))
		return;
	*array_more(k->laid, k->point.nlaid) = (struct laid){
		.slug = series->slug, .level = level, .before = before,
		.selftests = !s->bare && k->point.config &&
			     kernel_about(series, k->point.config) &&
			     (!k->point.machine ||
			      kernel_tests_on(s, series, k->point.machine)),
	};
	k->point.nlaid++;
}

/* Whether @s is the base, or what was planted on it. */
static bool is_at_base(const struct subject *s)
{
	const struct stack *st = &s->work->stack;

	return s->series < st->series || s->series >= st->series + st->n;
}

/* Whether @series is one that the machine is there for. */
static bool names(const struct series *series, const char *machine)
{
	const char *named = fields_get(&series->meta, "Machines");

	return named && has_word(named, machine);
}

/*
 * The kernel's own tests are asked of the base, and on a special machine at the tips
 * of the series that it is there for.
 */
static const struct basetests *basetests_of(const struct subject *s, const char *machine)
{
	const struct machine *m;

	if (s->bare || !machine)
		return NULL;
	m = configs_machine(&s->work->configs, machine);
	if (!m)
		return NULL;
	return is_at_base(s) || (m->special && s->tip && names(s->series, machine)) ?
	       &m->basetests : NULL;
}

/* A variant is not built of every commit, so there is none to compare with. */
static bool is_judged_alone(const struct subject *s, const char *config)
{
	return !s->patch || (config && config_variant(config));
}

void kernel_of(const struct subject *s, const char *config, const char *machine,
	       struct kernel *k)
{
	const struct stack *st = &s->work->stack;

	*k = (struct kernel){ .configs = configs_of(s) };
	k->point = (struct kbuild_point){
		.project = &s->work->project,
		.name = s->name,
		.config = config,
		.machine = machine,
		.configs = k->configs,
		.commit = &s->at.commit,
		.parent = is_judged_alone(s, config) ? NULL : &s->parent.commit,
		.basetests = basetests_of(s, machine),
		.words = s->words,
		.run = s->run,
		.limit = s->limit,
	};
	for (size_t i = 0; i < st->n; i++) {
		const struct series *below = &st->series[i];

		if (below->status != CARRIED)
			continue;
		if (below == s->series) {
			lay(s, k, below, s->nr, s->nr - 1);
			break;
		}
		if (is_at_base(s))
			lay(s, k, below, 0, 0);
		else if (s->tip)
			lay(s, k, below, below->files.n, below->files.n);
	}
	k->point.laid = k->laid;
}

void kernel_of_series(const struct subject *s, const char *config, struct kernel *k)
{
	const struct work *w = s->work;

	kernel_of(s, config, NULL, k);
	/* What is planted on the base is a series of one patch. */
	if (is_at_base(s))
		return;
	k->point.parent = &work_parent(w, s->series - w->stack.series)->commit;
	for (size_t i = 0; i < k->point.nlaid; i++)
		if (!strcmp(k->laid[i].slug, s->series->slug))
			k->laid[i].before = 0;
}

void kernel_done(struct kernel *k)
{
	free(k->laid);
	free(k->configs);
}

static bool is_special(const struct subject *s, const char *machine)
{
	const struct machine *m = configs_machine(&s->work->configs, machine);

	return m && m->special;
}

bool kernel_runs_on(const struct subject *s, const char *machine)
{
	return !s->series || !is_special(s, machine) || names(s->series, machine);
}

bool kernel_tests_on(const struct subject *s, const struct series *series,
		     const char *machine)
{
	const char *named = fields_get(&series->meta, "Machines");

	return named ? has_word(named, machine) : !is_special(s, machine);
}

/* Whether @arch is one of @words; "any" stands for some. */
static bool is_among(const char *words, const struct arch *arch)
{
	size_t len;

	for (; *words; words += strspn(words, " ")) {
		len = strcspn(words, " ");
		if (arch_is(arch, words, len) ||
		    (len == 3 && !strncmp(words, "any", len) && is_among(any, arch)))
			return true;
		words += len;
	}
	return false;
}

bool kernel_about(const struct series *s, const char *config)
{
	const struct arch *arch;

	return !arch_of(config, &arch) && is_among(fields_get(&s->meta, "Arch"), arch);
}

bool kernel_concerns(const struct subject *s, const char *config)
{
	if (config_variant(config))
		return s->series && s->tip && kernel_about(s->series, config);
	return !s->series || kernel_about(s->series, config);
}
