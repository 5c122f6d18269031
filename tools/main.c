// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "status.h"

static const struct command {
	const char *name;
	int (*run)(const char *root, char **args);
	int most;		/* words after the name; -1: any number */
	const char *args;
	const char *what;
} commands[] = {
	{ "apply", cmd_apply, 1, "[SLUG]", "apply the stack and show it" },
	{ "mbox", cmd_mbox, 1, "[SLUG]", "write build/mbox/SLUG.mbx" },
	{ "checkout", cmd_checkout, 1, "[SLUG]", "check out the tip of a series in build/linux" },
	{ "refresh", cmd_refresh, 1, "[SLUG]", "write patches/ and locks back from build/linux" },
	{ "range-diff", cmd_range_diff, 2, "FROM TO", "compare two versions of a series" },
	{ "prove", cmd_prove, 0, "", "judge every point by every check" },
	{ "report", cmd_report, 0, "", "write build/report/ of what is known" },
	{ "merge", cmd_merge, -1, "STORE...", "take over the verdicts of other stores" },
	{ "canaries", cmd_canaries, 0, "", "see that every check finds what is planted for it" },
	{ "mutants", cmd_mutants, 1, "[SLUG]", "see that tests catch the defects written for them" },
	{ "independence", cmd_independence, 0, "",
	  "try each series alone, and the stack without it" },
	{ "hercules", cmd_hercules, 0, "", "build the emulator of the machines that need it" },
	{ "soak", cmd_soak, 1, "[SLUG]", "run the tests that are worth it for long" },
	{ "bench", cmd_bench, 1, "SLUG", "compare the benchmark of a series at its base and tip" },
	{ "explain", cmd_explain, 2, "POINT [CHECK]", "say what a verdict depends on" },
	{ "b4-check", cmd_b4_check, 0, "", "say what is known of the patch on standard input, for b4" },
	{ "bisect-run", cmd_bisect_run, 2, "TEST [CONFIGURATION]",
	  "run a test at HEAD of the git tree here, for git bisect run" },
	{ "overlay", cmd_overlay, -1, "lay|run|lift TREE [SLUG...] [-- COMMAND...]",
	  "lay tests over a kernel tree, or take them out" },
	{ "clean", cmd_clean, 1, "[SLUG]", "remove what was built, not build/linux" },
	{ "distclean", cmd_distclean, 0, "", "remove build/ unless it holds work of yours" },
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

static const struct command *find(const char *name)
{
	for (size_t i = 0; i < NCOMMANDS; i++)
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	return NULL;
}

int main(int argc, char **argv)
{
	const char *root = ".";
	const struct command *c;
	int opt;

	while ((opt = getopt(argc, argv, "+C:")) != -1) {
		if (opt != 'C')
			return usage();
		root = optarg;
	}
	if (optind == argc)
		return usage();
	c = find(argv[optind]);
	if (!c)
		fail(ST_USAGE, "unknown command \"%s\"", argv[optind]);
	else if (c->most >= 0 && argc - optind - 1 > c->most)
		fail(ST_USAGE, "%s takes no \"%s\"", c->name, argv[optind + 1 + c->most]);
	else
		return c->run(root, argv + optind + 1);
	return usage();
}
