// SPDX-License-Identifier: GPL-2.0-only
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "machine.h"
#include "mem.h"
#include "status.h"
#include "t/test.h"

#define REST "Cpus: 2\nMemory: 64\nBoot: 10\nKunit: 60\nScale: 3\nCmdline: a\n b=c\n"

static char *root;

static int read_text(struct machine *m, const char *text)
{
	autofree char *path = xasprintf("%s/configs/machines/m", root);

	file_write(path, text, strlen(text));
	return machine_read(m, root, "m");
}

static bool refused(const char *text)
{
	struct machine m;
	int err = read_text(&m, text);

	machine_free(&m);
	return err == ST_INPUT;
}

static bool argv_is(const struct machine *m, const char *const *expected)
{
	char **argv = machine_argv(m, "KERNEL", "INITRAMFS");
	size_t i = 0;
	bool same;

	while (argv[i] && expected[i] && !strcmp(argv[i], expected[i]))
		i++;
	same = !argv[i] && !expected[i];
	argv_free(argv);
	return same;
}

static void made_up(void)
{
	static const char *const words[] = {
		"emu", "-k", "KERNEL", "i=INITRAMFS", "a b=c", "2", "64M", NULL
	};
	struct machine m;

	check(!read_text(&m, "Config: um\n" REST "Without: kvm-intel other\n"
			 "Run: emu -k {kernel}\n i={initramfs} {cmdline}\n {cpus} {memory}M\n"),
	      "a machine is read");
	check(argv_is(&m, words), "placeholders are replaced, a command line is one word");
	check(machine_seconds(&m, 5) == 15, "emulation takes longer");
	check(machine_limit(&m, 5) == 25 && !m.launch, "by our clock as by the guest's");
	check(m.without.n == 2 && !strcmp(m.without.word[1], "other"), "words are split");
	machine_free(&m);
	check(refused(REST "Run: emu\n"), "a missing field is refused");
	check(refused("Config: um\n" REST "Run: emu {disk}\n"),
	      "an unknown placeholder is refused");
	check(refused("Config: um\nCpus: 2\nMemory: 64M\nBoot: 10\nKunit: 60\n"
		      "Scale: 3\nCmdline: a\nRun: emu\n"), "a number that is none is refused");
}

/* A machine that a launcher starts, which is there or not. */
static void launched(void)
{
	autofree char *launch = xasprintf("%s/tools/launch", root);
	autofree char *program = xasprintf("%s/emu", launch);
	const char *const argv[] = { program, "KERNEL", "built", NULL };
	struct machine m;

	check(refused("Config: um\n" REST "Launcher: emu\nRun: {kernel}\n"),
	      "a launcher that is not there is refused");
	check(!dir_make(launch) && !file_write(program, "", 0), "a launcher");
	check(!read_text(&m, "Config: um\nClock: 7\n" REST
			 "Launcher: emu\nNeeds: emu 3.0\nRun: {kernel} {emulator}\n"),
	      "a machine with one is read");
	m.emulator = xstrdup("built");
	check(argv_is(&m, argv), "Run has its arguments");
	check(machine_seconds(&m, 5) == 15 && machine_limit(&m, 5) == 115,
	      "a guest's clock may be slow");
	machine_free(&m);
	check(refused("Config: um\n" REST "Launcher: ../launch/emu\nRun: {kernel}\n"),
	      "a launcher is a name");
	check(refused("Config: um\n" REST "Needs: emu 3.0\nRun: {kernel}\n"),
	      "Needs is about a launcher");
	check(refused("Config: um\nClock: slow\n" REST "Run: {kernel}\n"),
	      "a clock that is no number is refused");
}

int main(void)
{
	char dir[] = "/tmp/machine_test.XXXXXX";
	autofree char *machines = NULL;
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	dup2(null, STDERR_FILENO);
	root = mkdtemp(dir);
	machines = xasprintf("%s/configs/machines", root);
	check(!dir_make(machines), "a directory to work in");
	made_up();
	launched();
	tree_remove(root);
	return test_end();
}
