// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "debian.h"
#include "file.h"
#include "mem.h"
#include "progress.h"
#include "run.h"
#include "source.h"
#include "status.h"

/* The tarball and a half-written one. */
#define CACHE_MIB 400

static const char *given(const char *name)
{
	const char *v = getenv(name);

	return v && *v ? v : NULL;
}

int source_given(struct source *src)
{
	*src = (struct source){
		.tarball = given("KERNEL_TARBALL"),
		.git = given("KERNEL_GIT"),
		.rev = given("KERNEL_REV"),
		.any = given("KERNEL_ANY"),
	};
	if (src->tarball && src->git)
		return fail(ST_USAGE, "KERNEL_TARBALL and KERNEL_GIT are both given; give one");
	if (src->git && !src->rev)
		return fail(ST_USAGE, "KERNEL_GIT needs KERNEL_REV, the tag or commit to take");
	if (src->rev && !src->git)
		return fail(ST_USAGE, "KERNEL_REV needs KERNEL_GIT, the repository it is in");
	if (src->any && !src->tarball && !src->git)
		return fail(ST_USAGE, "KERNEL_ANY goes with KERNEL_TARBALL or KERNEL_GIT");
	return ST_OK;
}

static int has_pinned_hash(const char *path, const struct pin *pin, bool *has)
{
	struct hash h;
	int err = hash_file(path, &h);

	*has = !err && !strcmp(h.hex, pin->sha256.hex);
	return err;
}

/* Debian's tarball at @path, if it is there and whole; a damaged one is removed. */
static int cached(const char *path, const struct pin *pin, bool *good)
{
	int err;

	*good = false;
	if (!file_exists(path))
		return ST_OK;
	err = has_pinned_hash(path, pin, good);
	if (err || *good)
		return err;
	notice("%s is damaged (its sha256 is not the pin's); fetching it again", path);
	return tree_remove(path);
}

static int fetch_debian(const struct project *p, const struct pin *pin,
			const char *path, char **why, bool *good)
{
	autofree char *tmp = xasprintf("%s.part", path);
	int err;

	err = debian_fetch(p, pin->debian, pin->suite, tmp, why);
	if (err || *why)
		return err;
	err = has_pinned_hash(tmp, pin, good);
	if (err)
		return err;
	if (!*good) {
		*why = xasprintf("the tarball of %s has another sha256 than the pin", pin->debian);
		return tree_remove(tmp);
	}
	if (rename(tmp, path))
		return fail_errno(ST_INFRA, "%s", path);
	return ST_OK;
}

static int fetch_upstream(const struct pin *pin, const char *path, char **why,
			  bool *good)
{
	autofree char *tmp = xasprintf("%s.part", path);
	struct run r = {
		.argv = (const char *[]){ "curl", "--fail", "--location",
			progress_moves() ? "--progress-bar" : "--silent",
			"--show-error", "--connect-timeout", "20",
			"--speed-limit", "1000", "--speed-time", "60",
			"--output", tmp, pin->upstream, NULL },
	};
	int err = run(&r);

	if (!err && !r.status && rename(tmp, path))
		err = fail_errno(ST_INFRA, "%s", path);
	*good = !err && !r.status;
	if (!err && r.status)
		*why = xstrdup(run_why(&r));
	run_free(&r);
	unlink(tmp);
	return err;
}

int source_tarball(const struct project *p, const struct pin *pin, char **path)
{
	autofree char *debian = xasprintf("%s/linux_%s.orig.tar.xz", p->cache, pin->version);
	autofree char *upstream = xasprintf("%s/linux-%s.tar.xz", p->cache, pin->version);
	autofree char *why_debian = NULL, *why_upstream = NULL;
	bool good;
	int err;

	*path = NULL;
	err = cached(debian, pin, &good);
	if (!err && !good && file_exists(upstream)) {
		*path = xstrdup(upstream);
		return ST_OK;
	}
	if (!err && !good)
		err = space_check(p->cache, CACHE_MIB, "the kernel's tarball");
	if (!err && !good) {
		progress_begin("fetch the kernel from Debian's archive");
		err = fetch_debian(p, pin, debian, &why_debian, &good);
		progress_end();
	}
	if (!err && good)
		*path = xstrdup(debian);
	if (err || good)
		return err;
	progress_begin("fetch the kernel from kernel.org");
	err = fetch_upstream(pin, upstream, &why_upstream, &good);
	progress_end();
	if (!err && good)
		*path = xstrdup(upstream);
	if (err || good)
		return err;
	return fail(ST_SOURCE, "cannot fetch Linux %s\n  Debian's archive: %s\n  kernel.org: %s\nrun again when the network is there, or give KERNEL_TARBALL=<file>, or KERNEL_GIT=<repository> KERNEL_REV=<tag>",
		    pin->version, why_debian, why_upstream);
}
