/* SPDX-License-Identifier: GPL-2.0-only */
/* All that a guest has besides its kernel: guest/init.c, modules, tests. */
#ifndef INITRAMFS_H
#define INITRAMFS_H

#include <stddef.h>

struct machine;

struct guest_test {
	const char *name;	/* without blanks; its line in the results */
	const char *program;	/* a static program of the host's files */
	const char *args;	/* apart by blanks, or NULL */
	unsigned int seconds;	/* it may take this long on hardware */
};

/* Compile tools/guest/init.c under @root with the compiler @cc to @path. */
int initramfs_init(const char *root, const char *cc, const char *path);

/*
 * Write the initramfs @path for a guest on @m with that init, the modules of the
 * object directory @objects and @n tests in this order.
 */
int initramfs_write(const char *path, const char *init, const struct machine *m,
		    const char *objects, const struct guest_test *test, size_t n);

#endif
