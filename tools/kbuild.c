// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmdfile.h"
#include "configs.h"
#include "file.h"
#include "hash.h"
#include "kbuild.h"
#include "kconfig.h"
#include "mem.h"
#include "run.h"
#include "status.h"
#include "tool.h"

/* What else would be in the image: when, by whom, where and how often built. */
static const char *const fixed[] = {
	"KBUILD_BUILD_TIMESTAMP=1970-01-01", "KBUILD_BUILD_USER=stack",
	"KBUILD_BUILD_HOST=stack", "KBUILD_BUILD_VERSION=1", "LOCALVERSION=",
	/* Objects do not name the directory they are built in, so ccache need not. */
	"CCACHE_NOHASHDIR=1", "CCACHE_MAXSIZE=5G",
};

#define NFIXED (sizeof(fixed) / sizeof(*fixed))

/* Every configuration ends so, that a commit's id is not part of its version. */
static const char fragment_end[] = "\n# CONFIG_LOCALVERSION_AUTO is not set\n";

static char *in_state(const struct kbuild *k, const char *name)
{
	return xasprintf("%s/%s", k->state, name);
}

/* @words for make in @k, into the file @log. */
static int make(const struct kbuild *k, const char *log, const char *const *words,
		int *status)
{
	autofree char *compiler = k->llvm ? xstrdup("clang" LLVM) : arch_cc(k->arch);
	autofree char *dir = xasprintf("O=%s", k->name);
	autofree char *arch = xasprintf("ARCH=%s", k->arch->kernel);
	autofree char *prefix = xasprintf("CROSS_COMPILE=%s",
					  k->llvm ? "" : arch_cross(k->arch));
	autofree char *llvm = xasprintf("LLVM=%s", k->llvm ? LLVM : "");
	autofree char *cc = xasprintf("CC=%s%s", tool_there("ccache") ? "ccache " : "",
				      compiler);
	autofree char *jobs = xasprintf("-j%ld", sysconf(_SC_NPROCESSORS_ONLN));
	autofree char *ccache = xasprintf("CCACHE_DIR=%s/ccache", k->tree->project->cache);
	const char *argv[32] = {
		"sh", "-c", "exec \"$@\" >\"$0\" 2>&1", log, "make", "--output-sync=target",
		"--keep-going", "--no-print-directory", jobs, dir, arch, prefix, llvm, cc,
		/* A Rust of the user's would leave its version in every object's .cmd. */
		"RUSTC=none",
	};
	const char *env[NFIXED + 2] = { ccache };
	autofree const char **all = NULL;
	struct run r = { .dir = k->tree->path, .env = env };
	size_t n = 0, nwords = 0;
	int err;

	memcpy(env + 1, fixed, sizeof(fixed));
	while (argv[n])
		n++;
	while (words[nwords])
		nwords++;
	all = xcalloc(n + nwords + 1, sizeof(*all));
	memcpy(all, argv, n * sizeof(*all));
	memcpy(all + n, words, nwords * sizeof(*all));
	r.argv = all;
	err = run(&r);
	*status = r.status;
	run_free(&r);
	return err;
}

struct cut_off {
	const struct kbuild *k;
	struct stat since;
};

static int remove_silent(const struct cmdfile *c, void *data)
{
	const struct cut_off *o = data;
	autofree char *path = xasprintf("%s/%s", o->k->path, c->target);
	const struct output *said = said_by(&o->k->said, c->target);
	struct stat st;

	if (stat(path, &st) || (said && said->fresh) ||
	    st.st_mtim.tv_sec < o->since.st_mtim.tv_sec)
		return ST_OK;
	if (unlink(path))
		return fail_errno(ST_INFRA, "cannot remove %s", path);
	return ST_OK;
}

static int keep_said(struct kbuild *k)
{
	autofree char *path = in_state(k, "said");

	return said_write(&k->said, path);
}

/*
 * A make that was cut off: take in what it said.  What it made without having said
 * so yet is removed, to be made and to speak again.
 */
static int recover(struct kbuild *k)
{
	autofree char *making = in_state(k, "making");
	struct cut_off o = { .k = k };
	autofree char *log = NULL;
	int err;

	if (stat(making, &o.since))
		return ST_OK;
	err = file_read(making, &log, NULL);
	if (!err && file_exists(log))
		err = said_absorb(&k->said, log, k->path);
	if (!err)
		err = cmdfiles_walk(k->path, remove_silent, &o);
	if (!err)
		err = keep_said(k);
	if (!err)
		unlink(making);
	return err;
}

const char *kbuild_reader(void)
{
	return READER_DIGEST;
}

/* Whether what is known of the object directory was read by this program. */
static bool is_ours(const struct kbuild *k)
{
	autofree char *path = in_state(k, "reader");
	autofree char *last = NULL;

	return file_exists(path) && !file_read(path, &last, NULL) &&
	       !strcmp(last, READER_DIGEST);
}

/* Begin with nothing: neither objects nor what was said of others. */
static int begin(const struct kbuild *k)
{
	autofree char *reader = in_state(k, "reader");
	int err;

	if ((err = space_check(k->tree->project->build, 1500, "building a kernel")) ||
	    (err = tree_remove(k->path)) || (err = tree_remove(k->state)) ||
	    (err = dir_make(k->state)) || (err = dir_make(k->path)))
		return err;
	return file_write(reader, READER_DIGEST, strlen(READER_DIGEST));
}

int kbuild_open(struct kbuild *k, const struct ktree *t, const char *config,
		const char *beside)
{
	autofree char *said = NULL;
	int err;

	*k = (struct kbuild){ .tree = t, .config = config };
	k->name = xasprintf("o-%s%s%s", config, beside ? "." : "", beside ? beside : "");
	k->path = xasprintf("%s/%s", t->path, k->name);
	k->state = xasprintf("%s/prove/%s/%s", t->project->build, config,
			     beside ? beside : "warm");
	said = in_state(k, "said");
	err = arch_of(config, &k->arch);
	if (!err && (!dir_exists(k->path) || !is_ours(k)))
		err = begin(k);
	if (!err)
		err = said_read(&k->said, said);
	return err ? err : recover(k);
}

void kbuild_close(struct kbuild *k)
{
	said_free(&k->said);
	free(k->name);
	free(k->path);
	free(k->state);
	*k = (struct kbuild){ 0 };
}

/* All that a configuration is made from, as one digest. */
static int config_inputs(const struct kbuild *k, const char *fragment, struct hash *h)
{
	autofree char *files = NULL;
	autofree char *all = NULL;
	struct hash tools;
	int err;

	if ((err = git_out(ST_INFRA, &files, k->tree->path, "ls-files", "--stage", "--",
			   "*Kconfig*", "kernel/configs/*", "arch/*/configs/*",
			   "scripts/kconfig/*", "scripts/Kconfig*", "Makefile", NULL)) ||
	    (err = k->llvm ? llvm_tools(&tools) : toolchain(k->arch, &tools)))
		return err;
	all = xasprintf("%s\n%s\n%s\n%s", fragment, files, k->tree->tests, tools.hex);
	hash_data(all, strlen(all), h);
	return ST_OK;
}

static int append(const char *path, const char *text)
{
	FILE *f = fopen(path, "ae");

	if (!f)
		return fail_errno(ST_INFRA, "%s", path);
	fputs(text, f);
	if (fclose(f))
		return fail_errno(ST_INFRA, "%s", path);
	return ST_OK;
}

/* One run of kconfig; *@wrong is what it said when it failed. */
static int kconfig(const struct kbuild *k, const char *target, char **wrong)
{
	autofree char *log = in_state(k, "config.log");
	struct run why = { 0 };
	int status;
	int err = make(k, log, (const char *[]){ target, NULL }, &status);

	if (err || !status)
		return err;
	err = file_read(log, &why.out, &why.out_len);
	if (!err)
		*wrong = xasprintf("make %s: %s", target, run_why(&why));
	run_free(&why);
	return err;
}

/* A .config from nothing but the commit and @fragment. */
static int configure(const struct kbuild *k, const char *fragment, char **wrong)
{
	autofree char *path = xasprintf("%s/.config", k->path);
	autofree char *text = NULL;
	int err;

	if ((err = kconfig(k, "tinyconfig", wrong)) || *wrong ||
	    (err = append(path, fragment)) || (err = kconfig(k, "olddefconfig", wrong)) ||
	    *wrong || (err = file_read(path, &text, NULL)))
		return err;
	*wrong = kconfig_dropped(fragment, text);
	return ST_OK;
}

int kbuild_configure(struct kbuild *k, const char *fragment, char **wrong)
{
	autofree char *path = in_state(k, "configured");
	autofree char *last = NULL;
	struct hash h;
	int err = config_inputs(k, fragment, &h);

	*wrong = NULL;
	if (!err && file_exists(path))
		err = file_read(path, &last, NULL);
	if (err || (last && !strcmp(last, h.hex)))
		return err;
	unlink(path);
	err = configure(k, fragment, wrong);
	return err || *wrong ? err : file_write(path, h.hex, HASH_LEN);
}

int kbuild_configure_as(struct kbuild *k, const struct kbuild *from)
{
	autofree char *mine = xasprintf("%s/.config", k->path);
	autofree char *other = xasprintf("%s/.config", from->path);
	autofree char *text = NULL;
	size_t len;
	int err = file_read(other, &text, &len);

	return err ? err : file_write(mine, text, len);
}

int kbuild_make(struct kbuild *k, const char *log, const char *const *words, int *status)
{
	autofree char *making = in_state(k, "making");
	int err;

	/* While this file is there, a make is under way or was cut off. */
	unlink(making);
	unlink(log);
	if ((err = file_write(making, log, strlen(log))) ||
	    (err = make(k, log, words, status)) ||
	    (err = said_absorb(&k->said, log, k->path)) || (err = keep_said(k)))
		return err;
	unlink(making);
	return ST_OK;
}

int kbuild_fragment(const struct project *p, const char *config, const struct laid *laid,
		    size_t n, bool before, char **text)
{
	int err = config_fragment(p->root, config, text);

	for (size_t i = 0; !err && i < n; i++) {
		autofree char *kunit = xasprintf("%s/kunit/%s/.kunitconfig", p->root,
						 laid[i].slug);
		autofree char *options = NULL;
		autofree char *here = NULL;
		char *joined;

		if (!file_exists(kunit))
			continue;
		err = file_read(kunit, &options, NULL);
		if (err)
			break;
		here = overlay_config_at(options, before ? laid[i].before : laid[i].level);
		joined = xasprintf("%s\n%s", *text, here);
		free(*text);
		*text = joined;
	}
	if (!err) {
		char *whole = xasprintf("%s%s", *text, fragment_end);

		free(*text);
		*text = whole;
	}
	return err;
}
