/* SPDX-License-Identifier: GPL-2.0-only */
/* Built kernels, each run on its machine once, or once more when it stalled. */
#ifndef BOOT_H
#define BOOT_H

#include "guest.h"
#include "hash.h"
#include "project.h"
#include "selftests.h"

struct boot {
	struct guest guest;
	char *point;		/* for which point it ran */
	struct guest first;	/* the run before, if it was run once more; else without text */
	char *event;		/* names that run among all runs; NULL without one */
	char *kept;		/* where its console is, below the project's directory */
	char *how;		/* the file without which it is no run that is kept */
};

/* What is run. */
struct booting {
	const struct project *project;
	const char *machine;		/* configs/machines/<machine> */
	const struct hash *image;	/* of image.h */
	const struct selftests *tests;
	const char *point;		/* for which */
	const char *words;		/* more for the kernel's command line, or NULL */
	unsigned int run;		/* 0, or which of several runs this is */
	unsigned int limit;		/* seconds for it, boot and all; 0: what it needs */
};

/*
 * The console of a kernel and its tests on a machine: as it is kept in
 * build/prove/boots/, or run now.  The same kernel with the same tests and init is
 * not run twice, for whatever point it is, unless @more: then once more, and both
 * runs are kept.  It is never run a third time, but another what->run is another boot.
 */
int boot_have(struct boot *b, const struct booting *what, bool more);
void boot_free(struct boot *b);

/* Have the next boot_have() of it run it anew. */
int boot_forget(const struct boot *b);

/*
 * What a boot depends on besides the kernel and the tests: the machine, its launcher
 * and the init.
 */
int boot_inputs(const struct project *p, const char *machine, struct hash *h);

#endif
