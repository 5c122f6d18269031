// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "status.h"

static const struct command {
	const char *name;
	int (*run)(const char *root, char **args);
	const char *args;
	const char *what;
} commands[] = {
	{ "apply", cmd_apply, "[SLUG]", "apply the stack and show it" },
	{ "mbox", cmd_mbox, "[SLUG]", "write build/mbox/SLUG.mbx" },
	{ "checkout", cmd_checkout, "[SLUG]", "check out the tip of a series in build/linux" },
	{ "refresh", cmd_refresh, "[SLUG]", "write patches/ and locks back from build/linux" },
	{ "range-diff", cmd_range_diff, "FROM TO", "compare two versions of a series" },
	{ "overlay", cmd_overlay, "lay|run|lift TREE [SLUG...] [-- COMMAND...]",
	  "lay tests over a kernel tree, or take them out" },
	{ "clean", cmd_clean, "[SLUG]", "remove what was built, not build/linux" },
	{ "distclean", cmd_distclean, "", "remove build/ unless it holds work of yours" },
};

#define NCOMMANDS (sizeof(commands) / sizeof(*commands))

static int usage(void)
{
	fputs("usage: stack [-C DIR] COMMAND [ARGUMENT...]\n", stderr);
	for (size_t i = 0; i < NCOMMANDS; i++)
		fprintf(stderr, "  %s %s\n        %s\n", commands[i].name,
			commands[i].args, commands[i].what);
	return ST_USAGE;
}

int main(int argc, char **argv)
{
	const char *root = ".";
	int opt;

	while ((opt = getopt(argc, argv, "+C:")) != -1) {
		if (opt != 'C')
			return usage();
		root = optarg;
	}
	if (optind == argc)
		return usage();
	for (size_t i = 0; i < NCOMMANDS; i++)
		if (!strcmp(commands[i].name, argv[optind]))
			return commands[i].run(root, argv + optind + 1);
	fail(ST_USAGE, "unknown command \"%s\"", argv[optind]);
	return usage();
}
