// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "kernel.h"
#include "mem.h"

const char *const kernel_configs[] = { "x86_64", "um", NULL };

static void lay(const struct subject *s, struct kernel *k, const struct series *series,
		int level, int before)
{
	const char *root = s->work->project.root;
	autofree char *kunit = xasprintf("%s/kunit/%s", root, series->slug);
	autofree char *selftests = xasprintf("%s/selftests/%s", root, series->slug);

	if (!dir_exists(kunit) && !dir_exists(selftests))
		return;
	*array_more(k->laid, k->point.nlaid) =
		(struct laid){ series->slug, level, before };
	k->point.nlaid++;
}

void kernel_of(const struct subject *s, const char *config, struct kernel *k)
{
	const struct stack *st = &s->work->stack;

	size_t n = 0;

	*k = (struct kernel){ 0 };
	for (size_t i = 0; kernel_configs[i]; i++)
		if (kernel_concerns(s, kernel_configs[i]))
			k->configs[n++] = kernel_configs[i];
	k->point = (struct kbuild_point){
		.project = &s->work->project,
		.name = s->name,
		.config = config,
		.configs = k->configs,
		.commit = &s->at.commit,
		.parent = s->patch ? &s->parent.commit : NULL,
	};
	for (size_t i = 0; i < st->n; i++) {
		const struct series *below = &st->series[i];

		if (below->status != CARRIED)
			continue;
		if (below == s->series) {
			lay(s, k, below, s->nr, s->nr - 1);
			break;
		}
		if (!s->series)
			lay(s, k, below, 0, 0);
		else if (s->tip)
			lay(s, k, below, below->files.n, below->files.n);
	}
	k->point.laid = k->laid;
}

void kernel_done(struct kernel *k)
{
	free(k->laid);
}

bool kernel_concerns(const struct subject *s, const char *config)
{
	autofree char *configs = xasprintf("%s/configs/kernel", s->work->project.root);
	const char *arch = s->series ? fields_get(&s->series->meta, "Arch") : "any";
	size_t len = strcspn(config, "-");

	if (!dir_exists(configs))
		return false;
	if (!strcmp(arch, "any"))
		return true;
	for (; *arch; arch += strcspn(arch, " "), arch += strspn(arch, " "))
		if (strcspn(arch, " ") <= len && !strncmp(arch, config, strcspn(arch, " ")))
			return true;
	return false;
}
