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
		err = arch_of(cs->name[i], &arch);
	}
	names_free(file, n);
	return err;
}

static int read_machines(struct configs *cs, const char *root)
{
	autofree char *dir = xasprintf("%s/configs/machines", root);
	char **name;
	size_t n;
	int err = dir_names(dir, &name, &n);

	for (size_t i = 0; !err && i < n; i++) {
		err = machine_read(array_more(cs->machine, cs->nmachines), root, name[i]);
		cs->nmachines++;
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

const struct machine *configs_machine(const struct configs *cs, const char *name)
{
	for (size_t i = 0; i < cs->nmachines; i++)
		if (!strcmp(cs->machine[i].name, name))
			return &cs->machine[i];
	return NULL;
}
