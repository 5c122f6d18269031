// SPDX-License-Identifier: GPL-2.0-only
#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cpio.h"
#include "file.h"
#include "mem.h"
#include "status.h"

static const mode_t types[] = {
	[CPIO_DIR] = S_IFDIR, [CPIO_CONSOLE] = S_IFCHR, [CPIO_LINK] = S_IFLNK,
	[CPIO_FILE] = S_IFREG, [CPIO_TEXT] = S_IFREG,
};

/* The content of a file; the caller frees. */
static int content(const struct cpio_entry *e, char **data, size_t *len)
{
	*data = NULL;
	*len = 0;
	if (e->kind == CPIO_FILE)
		return file_read(e->from, data, len);
	if (e->kind != CPIO_TEXT)
		return ST_OK;
	*data = xstrdup(e->from);
	*len = strlen(e->from);
	return ST_OK;
}

static int put(struct archive *a, struct archive_entry *to,
	       const struct cpio_entry *e, size_t number)
{
	autofree char *data = NULL;
	size_t len;

	if (content(e, &data, &len))
		return ST_INPUT;
	archive_entry_clear(to);
	archive_entry_set_pathname(to, e->name);
	archive_entry_set_mode(to, types[e->kind] | e->mode);
	archive_entry_set_size(to, len);
	archive_entry_set_ino64(to, number);
	archive_entry_set_nlink(to, 1);
	archive_entry_set_mtime(to, 0, 0);
	if (e->kind == CPIO_LINK)
		archive_entry_set_symlink(to, e->from);
	if (e->kind == CPIO_CONSOLE) {
		archive_entry_set_rdevmajor(to, 5);
		archive_entry_set_rdevminor(to, 1);
	}
	if (archive_write_header(a, to) != ARCHIVE_OK ||
	    archive_write_data(a, data, len) != (la_ssize_t)len)
		return fail(ST_INFRA, "cannot put %s into an initramfs: %s", e->name,
			    archive_error_string(a));
	return ST_OK;
}

static int put_all(FILE *f, const struct cpio_entry *entry, size_t n)
{
	struct archive_entry *to = archive_entry_new();
	struct archive *a = archive_write_new();
	int err = ST_OK;

	if (archive_write_set_format_cpio_newc(a) || archive_write_open_FILE(a, f))
		err = fail(ST_INFRA, "no cpio: %s", archive_error_string(a));
	for (size_t i = 0; i < n && !err; i++)
		err = put(a, to, &entry[i], i + 1);
	if (archive_write_close(a) && !err)
		err = fail(ST_INFRA, "no cpio: %s", archive_error_string(a));
	archive_write_free(a);
	archive_entry_free(to);
	return err;
}

int cpio_write(const char *path, const struct cpio_entry *entry, size_t n)
{
	autofree char *data = NULL;
	size_t len;
	FILE *f = xmemstream(&data, &len);
	int err = put_all(f, entry, n);

	if (fclose(f) && !err)
		err = fail_errno(ST_INFRA, "%s", path);
	return err ? err : file_write(path, data, len);
}
