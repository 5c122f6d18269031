// SPDX-License-Identifier: GPL-2.0-only
#include <archive.h>
#include <archive_entry.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "import.h"
#include "mem.h"
#include "progress.h"
#include "run.h"
#include "status.h"

#define IMPORT_REF "refs/import/tarball"

/* A tarball on its way into git. */
struct import {
	const struct pin *pin;
	const char *tarball;
	bool any;
	unsigned long long size;
	struct archive *archive;
	FILE *git;
	size_t files;
	char *version;		/* of the top Makefile, once it was seen */
};

/* The value of "NAME = value" in a Makefile, up to a blank; never NULL. */
static char *assigned(const char *makefile, const char *name)
{
	size_t n = strlen(name);

	for (const char *s = makefile; s; s = strchr(s, '\n')) {
		s += *s == '\n';
		if (strncmp(s, name, n))
			continue;
		s += n + strspn(s + n, " \t");
		if (*s != '=')
			continue;
		s += 1 + strspn(s + 1, " \t");
		return xstrndup(s, strcspn(s, " \t\n#"));
	}
	return xstrdup("");
}

char *import_version(const char *makefile)
{
	autofree char *version = assigned(makefile, "VERSION");
	autofree char *patchlevel = assigned(makefile, "PATCHLEVEL");
	autofree char *sublevel = assigned(makefile, "SUBLEVEL");
	autofree char *extra = assigned(makefile, "EXTRAVERSION");

	if (!isdigit((unsigned char)*version) || !isdigit((unsigned char)*patchlevel))
		return NULL;
	return xasprintf("%s.%s%s%s%s", version, patchlevel,
			 *sublevel ? "." : "", sublevel, extra);
}

char *import_commit(const struct project *p, const struct pin *pin, const char *ref)
{
	autofree char *mail = project_mail(p);

	return xasprintf("commit %s\nauthor %s %s\ncommitter %s %s\ndata %zu\nLinux %s\n\n",
			 ref, mail, pin->date, mail, pin->date,
			 strlen("Linux \n") + strlen(pin->version), pin->version);
}

static int broken(const struct import *im)
{
	return fail(ST_SOURCE, "%s: cannot be read beyond file %zu: %s; fetch it again",
		    im->tarball, im->files, archive_error_string(im->archive));
}

/* The path below the tarball's one top directory; NULL for what is no file. */
static const char *inside(struct archive_entry *e)
{
	const char *path = archive_entry_pathname(e);
	const char *slash = path ? strchr(path, '/') : NULL;
	mode_t type = archive_entry_filetype(e);

	if (!slash || !slash[1] || (type != AE_IFREG && type != AE_IFLNK))
		return NULL;
	return slash + 1;
}

static int check_version(struct import *im, const char *makefile)
{
	im->version = import_version(makefile);
	if (!im->version)
		return fail(ST_SOURCE, "%s: its Makefile is not the kernel's", im->tarball);
	if (im->any || !strcmp(im->version, im->pin->version))
		return ST_OK;
	return fail(ST_SOURCE, "%s: holds Linux %s; the pin is Linux %s",
		    im->tarball, im->version, im->pin->version);
}

static int put_file(struct import *im, struct archive_entry *e, const char *path)
{
	size_t len = archive_entry_size(e);
	autofree char *data = xcalloc(len + 1, 1);
	const char *mode = archive_entry_perm(e) & S_IXUSR ? "100755" : "100644";

	if (archive_entry_filetype(e) == AE_IFLNK) {
		const char *target = archive_entry_symlink(e);

		fprintf(im->git, "M 120000 inline %s\ndata %zu\n%s\n", path,
			strlen(target), target);
		return ST_OK;
	}
	if (archive_read_data(im->archive, data, len) != (la_ssize_t)len)
		return broken(im);
	fprintf(im->git, "M %s inline %s\ndata %zu\n", mode, path, len);
	fwrite(data, 1, len, im->git);
	fputc('\n', im->git);
	return strcmp(path, "Makefile") ? ST_OK : check_version(im, data);
}

static int put_entry(struct import *im, struct archive_entry *e)
{
	const char *path = inside(e);

	im->files++;
	progress_update(archive_filter_bytes(im->archive, -1), im->size);
	if (!path || pin_leaves_out(im->pin, path))
		return ST_OK;
	if (strpbrk(path, "\n\"") || strstr(path, "../") || *path == '/')
		return fail(ST_SOURCE, "%s: an odd path, \"%s\"; this is no kernel tarball",
			    im->tarball, path);
	return put_file(im, e, path);
}

static int put_all(struct import *im)
{
	struct archive_entry *e;
	int got, err = ST_OK;

	while (!err && (got = archive_read_next_header(im->archive, &e)) != ARCHIVE_EOF) {
		if (got != ARCHIVE_OK && got != ARCHIVE_WARN)
			return broken(im);
		err = put_entry(im, e);
		if (!err)
			err = interrupted();
		if (!err && ferror(im->git))
			return ST_OK;	/* git is gone; feed_end() tells why */
	}
	if (!err && !im->version)
		err = fail(ST_SOURCE, "%s: no kernel source in it (no Makefile below one top directory)",
			   im->tarball);
	return err;
}

static int feed_git(struct import *im, const struct project *p)
{
	struct run r = {
		.argv = (const char *[]){ "git", "-C", p->repo, "-c",
			"core.compression=1", "fast-import", "--quiet",
			"--depth=0", "--done", "--force", NULL },
	};
	autofree char *commit = import_commit(p, im->pin, IMPORT_REF);
	struct feed f;
	int err, ended;

	err = feed_start(&f, &r);
	if (err)
		return err;
	im->git = fdopen(dup(f.in), "w");
	fputs(commit, im->git);
	err = put_all(im);
	if (!err)
		fputs("done\n", im->git);
	fclose(im->git);
	ended = feed_end(&f, &r);
	if (!err)
		err = ended;
	if (!err && r.status)
		err = fail(ST_INFRA, "git fast-import into %s: %s", p->repo, run_why(&r));
	run_free(&r);
	return err;
}

static int open_archive(struct import *im)
{
	struct stat st;

	if (stat(im->tarball, &st))
		return fail_errno(ST_SOURCE, "%s", im->tarball);
	im->size = st.st_size;
	archive_read_support_filter_all(im->archive);
	archive_read_support_format_tar(im->archive);
	if (archive_read_open_filename(im->archive, im->tarball, 1 << 20))
		return fail(ST_SOURCE, "%s: no tarball, or not all of it: %s; fetch it again", im->tarball,
			    archive_error_string(im->archive));
	return ST_OK;
}

int import_tarball(const struct project *p, const struct pin *pin,
		   const char *tarball, bool any, struct oid *commit)
{
	struct import im = {
		.pin = pin, .tarball = tarball, .any = any,
		.archive = archive_read_new(),
	};
	int err = open_archive(&im);

	if (!err)
		err = feed_git(&im, p);
	archive_read_free(im.archive);
	free(im.version);
	return err ? err : git_resolve(ST_INFRA, p->repo, IMPORT_REF, commit);
}
