// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "arch.h"
#include "configs.h"
#include "file.h"
#include "mem.h"
#include "status.h"

/* How long "x86_64" is in "x86_64.config"; 0 when that is not how it ends. */
static size_t stem(const char *file)
{
	static const char end[] = ".config";
	size_t len = strlen(file), tail = sizeof(end) - 1;

	return len > tail && !strcmp(file + len - tail, end) ? len - tail : 0;
}

static int read_kernels(struct configs *cs, const char *root)
{
	autofree char *dir = xasprintf("%s/configs/kernel", root);
	const struct arch *arch;
	char **file;
	size_t n;
	int err = dir_names(dir, &file, &n);

	for (size_t i = 0; !err && i < n; i++) {
		size_t len = stem(file[i]);

		if (!len) {
			err = fail(ST_INPUT, "%s/%s: its name does not end in .config", dir,
				   file[i]);
			break;
		}
		*array_more(cs->name, cs->n) = xstrndup(file[i], len);
		cs->n++;
		err = config_variant(cs->name[cs->n - 1]) ?
			fail(ST_INPUT, "%s/%s: what follows the '-' belongs in configs/variant/",
			     dir, file[i]) :
			arch_of(cs->name[cs->n - 1], &arch);
	}
	names_free(file, n);
	return err;
}

/* A variant is known by its machine. */
static int add_config(struct configs *cs, const char *root, const char *machine,
		      const char *config)
{
	autofree char *text = NULL;
	int err;

	for (size_t i = 0; i < cs->n; i++)
		if (!strcmp(cs->name[i], config))
			return ST_OK;
	err = config_fragment(root, config, &text);
	if (err)
		return fail(ST_INPUT, "%s/configs/machines/%s: Config: there is no %s", root,
			    machine, config);
	*array_more(cs->name, cs->n) = xstrdup(config);
	cs->n++;
	return ST_OK;
}

static int read_machines(struct configs *cs, const char *root)
{
	autofree char *dir = xasprintf("%s/configs/machines", root);
	char **name;
	size_t n;
	int err = dir_names(dir, &name, &n);

	for (size_t i = 0; !err && i < n; i++) {
		struct machine *m = array_more(cs->machine, cs->nmachines);

		cs->nmachines++;
		err = machine_read(m, root, name[i]);
		if (!err)
			err = add_config(cs, root, name[i], m->config);
	}
	names_free(name, n);
	return err;
}

int configs_read(struct configs *cs, const char *root)
{
	int err;

	*cs = (struct configs){ 0 };
	err = read_kernels(cs, root);
	return err ? err : read_machines(cs, root);
}

void configs_free(struct configs *cs)
{
	for (size_t i = 0; i < cs->nmachines; i++)
		machine_free(&cs->machine[i]);
	free(cs->machine);
	names_free(cs->name, cs->n);
	*cs = (struct configs){ 0 };
}

const char *config_variant(const char *config)
{
	const char *dash = strchr(config, '-');

	return dash ? dash + 1 : NULL;
}

int config_fragment(const char *root, const char *config, char **text)
{
	const char *variant = config_variant(config);
	int len = variant ? variant - 1 - config : (int)strlen(config);
	autofree char *path = xasprintf("%s/configs/kernel/%.*s.config", root, len, config);
	autofree char *kernel = NULL;
	autofree char *more = NULL;
	autofree char *on_top = NULL;
	int err = file_read(path, &kernel, NULL);

	if (!err && variant) {
		more = xasprintf("%s/configs/variant/%s.config", root, variant);
		err = file_read(more, &on_top, NULL);
	}
	if (!err)
		*text = xasprintf("%s%s", kernel, variant ? on_top : "");
	return err;
}

const struct machine *configs_machine(const struct configs *cs, const char *name)
{
	for (size_t i = 0; i < cs->nmachines; i++)
		if (!strcmp(cs->machine[i].name, name))
			return &cs->machine[i];
	return NULL;
}
