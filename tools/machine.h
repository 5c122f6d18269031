/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * configs/machines/<name>: what a guest runs on, as data ("Name: value" lines).
 *
 *	Config	 whose kernel it runs: configs/kernel/<config>.config
 *	Cpus, Memory (MiB)
 *	Boot	 seconds that it may take to reach the init and to power off, together
 *	Kunit	 seconds that all KUnit suites of a kernel may take on hardware
 *	Scale	 how much longer than on hardware a test may take
 *	Clock	 seconds that one of the guest's own clock may take, 1 if not given: what a
 *		 test may take is told by the guest, and this times that by us
 *	Without	 modules that cannot load here
 *	Expects	 paths that have to be there before the tests run, or <path>=<first line>
 *	Cmdline	 of the kernel
 *	Run	 the program and its arguments, apart by blanks, with {kernel}, {initramfs},
 *		 {cmdline}, {cpus} and {memory} in them
 *	Launcher when given, the program is tools/launch/<launcher>, and Run has its
 *		 arguments, with {emulator} in them when we build that (launcher.h)
 *	Needs	 of a launcher's emulator, the name and least version: "bochs 3.0"
 */
#ifndef MACHINE_H
#define MACHINE_H

#include <stdbool.h>
#include <stddef.h>

#include "basetests.h"

struct words {
	char **word;
	size_t n;
};

struct machine {
	char *name;
	char *config;
	unsigned int cpus;
	unsigned int memory;
	unsigned int boot;
	unsigned int kunit;
	unsigned int scale;
	unsigned int clock;
	bool special;		/* for series whose meta names it, and the base */
	char *cmdline;
	struct words without;
	struct words expects;
	struct words run;
	struct basetests basetests;	/* configs/kselftests/<name> */
	char *launcher;		/* its name and the path of the program, or NULL */
	char *launch;
	char *needs;
	char *emulator;		/* set by launcher_have() when it was built */
};

/*
 * Read configs/machines/@name under @root; ST_INPUT when it is malformed, or the
 * configuration that it names is not there.
 */
int machine_read(struct machine *m, const char *root, const char *name);
void machine_free(struct machine *m);

/* The arguments to start it with, ended by NULL; argv_free() is the caller's. */
char **machine_argv(const struct machine *m, const char *kernel, const char *initramfs);
void argv_free(char **argv);

/*
 * How many seconds a test may take that takes at most @seconds on hardware, by the
 * guest's clock; and how long the whole guest may take, whose tests take that, by ours.
 */
unsigned int machine_seconds(const struct machine *m, unsigned int seconds);
unsigned int machine_limit(const struct machine *m, unsigned int seconds);

#endif
