/* SPDX-License-Identifier: GPL-2.0-only */
/* Whole files and directories.  Errors are said; see status.h. */
#ifndef FILE_H
#define FILE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Read a regular file that is no symlink.  *@data is the caller's to free and
 * has a NUL after its *@len bytes; @len may be NULL, then a NUL byte inside the
 * file is refused.  An unreadable file is an ST_INPUT error.
 */
int file_read(const char *path, char **data, size_t *len);

/*
 * Make @path hold @data: through a temporary file and rename(2), so that a
 * reader sees the old or the new content; untouched when it holds that already.
 */
int file_write(const char *path, const char *data, size_t len);

bool file_exists(const char *path);

/* Whether there is anything of that name, a dangling symlink too. */
bool path_exists(const char *path);
bool dir_exists(const char *path);

/* Make a directory and those above it. */
int dir_make(const char *path);

/* Remove a file or a whole tree; one that is not there is no error. */
int tree_remove(const char *path);

/*
 * Names in a directory but "." and "..", sorted by byte value.  The caller
 * frees with names_free().  A directory that is not there has no names.
 */
int dir_names(const char *path, char ***names, size_t *n);
void names_free(char **names, size_t n);

/* Refuse with ST_INFRA when the file system of @dir has less than @mib MiB free. */
int space_check(const char *dir, unsigned long mib, const char *what);

#endif
