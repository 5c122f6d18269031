/* SPDX-License-Identifier: GPL-2.0-only */
/* One patch as git format-patch writes it: read, and checked for sense. */
#ifndef PATCH_H
#define PATCH_H

#include <stdbool.h>
#include <stddef.h>

struct hunk {
	int old_start;		/* line in the old file, from 1 */
	int line;		/* line of its "@@" in the patch file */
	const char *text;	/* the lines after "@@", inside patch->data */
	size_t len;
};

/* What a patch does to one file. */
struct change {
	char *old_path;		/* the same as new_path but for renames and copies */
	char *new_path;
	struct hunk *hunk;
	size_t nhunk;
};

struct patch {
	char *path;
	char *data;
	char *subject;		/* unfolded, without a leading "[PATCH ...]" */
	char *date;		/* as in the mail */
	const char *body;	/* what follows the headers, inside data */
	struct change *change;
	size_t nchange;
};

/*
 * Read @path.  ST_INPUT, with the line, when it is no mail with From, Date,
 * Subject and a git diff, when a hunk is cut short, or when it names a path that
 * is absolute, leaves the tree or is a symlink.
 */
int patch_read(struct patch *p, const char *path);
void patch_free(struct patch *p);

#endif
