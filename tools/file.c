// SPDX-License-Identifier: GPL-2.0-only
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"
#include "status.h"

static int read_fd(int fd, const char *path, char **data, size_t *len)
{
	struct stat st;
	ssize_t n;

	if (fstat(fd, &st))
		return fail_errno(ST_INFRA, "%s", path);
	if (!S_ISREG(st.st_mode))
		return fail(ST_INPUT, "%s: not a regular file", path);

	*data = xcalloc(st.st_size + 1, 1);
	*len = 0;
	while ((n = read(fd, *data + *len, st.st_size - *len)) > 0)
		*len += n;
	if (n < 0)
		return fail_errno(ST_INFRA, "%s", path);
	return ST_OK;
}

int file_read(const char *path, char **data, size_t *len)
{
	size_t got = 0;
	int fd, err;

	*data = NULL;
	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 && errno == ELOOP)
		return fail(ST_INPUT, "%s: a symlink; make it a regular file", path);
	if (fd < 0)
		return fail_errno(ST_INPUT, "%s", path);
	err = read_fd(fd, path, data, &got);
	close(fd);
	if (!err && !len && strlen(*data) != got)
		err = fail(ST_INPUT, "%s: holds a NUL byte, so it is no text", path);
	if (len)
		*len = got;
	return err;
}

static bool file_holds(const char *path, const char *data, size_t len)
{
	autofree char *old = NULL;
	struct stat st;
	size_t n;

	if (lstat(path, &st) || !S_ISREG(st.st_mode) || (size_t)st.st_size != len)
		return false;
	return !file_read(path, &old, &n) && n == len && !memcmp(old, data, len);
}

int file_write(const char *path, const char *data, size_t len)
{
	autofree char *tmp = xasprintf("%s.tmp%ld", path, (long)getpid());
	FILE *f;

	if (file_holds(path, data, len))
		return ST_OK;
	f = fopen(tmp, "we");
	if (!f)
		return fail_errno(ST_INFRA, "%s", tmp);
	fwrite(data, 1, len, f);
	if (fflush(f) || ferror(f) || fsync(fileno(f))) {
		fail_errno(ST_INFRA, "%s", path);
		fclose(f);
		unlink(tmp);
		return ST_INFRA;
	}
	fclose(f);
	if (rename(tmp, path)) {
		fail_errno(ST_INFRA, "%s", path);
		unlink(tmp);
		return ST_INFRA;
	}
	return ST_OK;
}

bool file_exists(const char *path)
{
	struct stat st;

	return !lstat(path, &st) && S_ISREG(st.st_mode);
}

bool path_exists(const char *path)
{
	struct stat st;

	return !lstat(path, &st);
}

bool dir_exists(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

int dir_make(const char *path)
{
	autofree char *p = xstrdup(path);

	for (char *s = p + 1; *s; s++) {
		if (*s != '/')
			continue;
		*s = '\0';
		if (mkdir(p, 0777) && errno != EEXIST)
			return fail_errno(ST_INFRA, "cannot make directory %s", p);
		*s = '/';
	}
	if (mkdir(p, 0777) && (errno != EEXIST || !dir_exists(p)))
		return fail_errno(ST_INFRA, "cannot make directory %s", p);
	return ST_OK;
}

static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *ftw)
{
	return remove(path);
}

int tree_remove(const char *path)
{
	if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) && errno != ENOENT)
		return fail_errno(ST_INFRA, "cannot remove %s", path);
	return ST_OK;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int dir_names(const char *path, char ***names, size_t *n)
{
	struct dirent *e;
	DIR *d;

	*names = NULL;
	*n = 0;
	d = opendir(path);
	if (!d && errno == ENOENT)
		return ST_OK;
	if (!d)
		return fail_errno(ST_INFRA, "%s", path);
	while ((e = readdir(d))) {
		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
			continue;
		*array_more(*names, *n) = xstrdup(e->d_name);
		++*n;
	}
	closedir(d);
	if (*n)
		qsort(*names, *n, sizeof(**names), by_name);
	return ST_OK;
}

void names_free(char **names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(names[i]);
	free(names);
}

int space_check(const char *dir, unsigned long mib, const char *what)
{
	struct statvfs v;
	unsigned long have;

	if (statvfs(dir, &v))
		return fail_errno(ST_INFRA, "%s", dir);
	have = (unsigned long long)v.f_bavail * v.f_frsize >> 20;
	if (have >= mib)
		return ST_OK;
	return fail(ST_INFRA, "no space: %s needs %lu MiB in %s, %lu MiB are free; make room and run again",
		    what, mib, dir, have);
}
