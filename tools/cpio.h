/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An initramfs: a newc cpio, written by libarchive.  It needs no root, because
 * owners and device nodes are in the archive only, and the same entries with the
 * same content give the same bytes.
 */
#ifndef CPIO_H
#define CPIO_H

#include <stddef.h>

enum cpio_kind {
	CPIO_DIR,
	CPIO_CONSOLE,		/* the character device 5:1 */
	CPIO_LINK,		/* @from is where it points */
	CPIO_FILE,		/* @from is the path of its content */
	CPIO_TEXT,		/* @from is its content */
};

struct cpio_entry {
	enum cpio_kind kind;
	const char *name;	/* no '/' in front; its directory comes before it */
	const char *from;
	unsigned int mode;	/* permissions */
};

/* Make @path an archive of the @n entries, in this order; all or nothing. */
int cpio_write(const char *path, const struct cpio_entry *entry, size_t n);

#endif
