// SPDX-License-Identifier: GPL-2.0-only
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "file.h"
#include "mem.h"
#include "status.h"
#include "t/test.h"

static char *root;

static void put(const char *name, const char *text)
{
	autofree char *path = xasprintf("%s/configs/%s", root, name);

	file_write(path, text, strlen(text));
}

static void drop(const char *name)
{
	autofree char *path = xasprintf("%s/configs/%s", root, name);

	tree_remove(path);
}

static void put_machine(const char *name, const char *config)
{
	autofree char *path = xasprintf("machines/%s", name);
	autofree char *text = xasprintf("Config: %s\nCpus: 1\nMemory: 1\nBoot: 1\n"
					"Kunit: 1\nScale: 1\nCmdline: a\nRun: a\n", config);

	put(path, text);
}

static bool refused(void)
{
	struct configs cs;
	int err = configs_read(&cs, root);

	configs_free(&cs);
	return err == ST_INPUT;
}

static void none(void)
{
	struct configs cs;
	struct checks all;

	check(!configs_read(&cs, root) && !cs.n && !cs.nmachines, "a project may have no kernels");
	checks_of(&cs, &all);
	check(checks_find(&all, "mail") && !checks_find(&all, "compiled"),
	      "then nothing is asked of any");
	checks_free(&all);
	configs_free(&cs);
}

/* Two machines run the kernel of one configuration. */
static void rows(void)
{
	const struct check *c;
	struct configs cs;
	struct checks all;

	put("kernel/arm64.config", "");
	put("kernel/um.config", "");
	put_machine("old", "arm64");
	put_machine("new", "arm64");
	put_machine("um", "um");
	check(!configs_read(&cs, root) && cs.n == 2 && cs.nmachines == 3,
	      "two kernels on three machines");
	checks_of(&cs, &all);
	check(checks_find(&all, "build@arm64") && !checks_find(&all, "build@old"),
	      "a kernel is built for each configuration");
	c = checks_find(&all, "kunit@old");
	check(c && !strcmp(c->config, "arm64") && !strcmp(c->machine, "old") &&
	      checks_find(&all, "kunit@new"), "and run on each machine");
	check(!checks_find(&all, "kunit@arm64"), "which has a name of its own");
	check(checks_find(&all, "kselftest@old") && checks_find(&all, "kunit@um") &&
	      !checks_find(&all, "kselftest@um"), "where kselftests run, they are asked for");
	check(checks_find(&all, "compiled") == &all.check[all.n - 1],
	      "what is about all is asked last");
	checks_free(&all);
	configs_free(&cs);
}

/* A machine runs a variant of one of them. */
static void variant(void)
{
	autofree char *text = NULL;
	struct configs cs;

	put_machine("strict", "um-debug");
	check(refused(), "a variant that is not there is refused");
	put("kernel/um.config", "CONFIG_A=y\n");
	put("variant/debug.config", "CONFIG_B=y\n");
	check(!configs_read(&cs, root) && cs.n == 3 && !strcmp(cs.name[2], "um-debug"),
	      "a machine brings a variant");
	check(!strcmp(config_variant(cs.name[2]), "debug") && !config_variant(cs.name[1]),
	      "it is called so");
	check(!config_fragment(root, cs.name[2], &text) &&
	      !strcmp(text, "CONFIG_A=y\nCONFIG_B=y\n"), "it has both fragments");
	configs_free(&cs);
	put("kernel/um-debug.config", "");
	check(refused(), "it is not written as one");
	drop("kernel/um-debug.config");
	drop("machines/strict");
}

static void malformed(void)
{
	put("kernel/pdp11.config", "");
	check(refused(), "an architecture that is not known is refused");
	drop("kernel/pdp11.config");
	put("kernel/README", "");
	check(refused(), "a file that is no configuration, too");
	drop("kernel/README");
	put_machine("lost", "s390x");
	check(refused(), "and a machine without a kernel");
}

/* Those of this project; the test runs in its top directory. */
static void real(void)
{
	struct configs cs;
	size_t used = 0;

	check(!configs_read(&cs, ".") && cs.n, "our own are read");
	for (size_t i = 0; i < cs.n; i++)
		for (size_t j = 0; j < cs.nmachines; j++)
			if (!strcmp(cs.machine[j].config, cs.name[i])) {
				used++;
				break;
			}
	check(used == cs.n, "each kernel is run on some machine");
	configs_free(&cs);
}

int main(void)
{
	char dir[] = "/tmp/configs_test.XXXXXX";
	autofree char *kernel = NULL, *machines = NULL, *variants = NULL;
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	dup2(null, STDERR_FILENO);
	root = mkdtemp(dir);
	kernel = xasprintf("%s/configs/kernel", root);
	machines = xasprintf("%s/configs/machines", root);
	variants = xasprintf("%s/configs/variant", root);
	none();
	check(!dir_make(kernel) && !dir_make(machines) && !dir_make(variants), "a directory to work in");
	rows();
	variant();
	malformed();
	real();
	tree_remove(root);
	return test_end();
}
