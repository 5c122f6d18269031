// SPDX-License-Identifier: GPL-2.0-only
/* Which objects stand for all that is made of a file. */
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mem.h"
#include "status.h"
#include "t/test.h"
#include "users.h"

static void add(struct users *us, const char *source, char *object)
{
	*array_more(us->user, us->n) = (struct user){ xstrdup(source), object };
	us->n++;
}

static void add_many(struct users *us, const char *source, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add(us, source, xasprintf("kernel/%03zu.o", i));
}

static bool has(const char *const *object, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(object[i], name))
			return true;
	return false;
}

/* What the linker leaves out of the kernel, or no rule makes by itself. */
static void test_beside(void)
{
	static const char *const beside[] = {
		".module-common.o", "net/tun.mod.o", "arch/x86/boot/a20.o",
		"arch/x86/realmode/rm/reboot.o", "arch/x86/entry/vdso/vgetcpu.o",
		"arch/x86/purgatory/sha256.o",
	};
	enum { N = sizeof(beside) / sizeof(*beside) };
	autofree const char **all = NULL, **sample = NULL;
	struct users us = { 0 };
	size_t nall, nsample;

	add_many(&us, "include/linux/some.h", 3);
	for (size_t i = 0; i < N; i++)
		add(&us, "include/linux/some.h", xstrdup(beside[i]));
	add(&us, "arch/x86/boot/a20.c", xstrdup("arch/x86/boot/a20.o"));
	users_objects(&us, &all, &nall);
	check(nall == 3 + N, "all objects are there, whatever they are for");
	users_sample(&us, &sample, &nsample);
	check(nsample == 4 && has(sample, nsample, "kernel/002.o") &&
	      has(sample, nsample, "arch/x86/boot/a20.o"),
	      "those beside the kernel do not stand for a header, but for their own file");
	users_free(&us);
}

static void test_sample(void)
{
	autofree const char **all = NULL, **sample = NULL, **few = NULL;
	struct users us = { 0 }, small = { 0 };
	size_t nall, nsample, nfew;

	add_many(&us, "include/linux/all.h", 400);
	add_many(&us, "kernel/table.c", 60);
	add(&us, "include/linux/all.h", xstrdup("kernel/asm-offsets.s"));
	users_objects(&us, &all, &nall);
	check(nall == 400 && !strcmp(all[399], "kernel/399.o"), "all are there, each once");
	users_sample(&us, &sample, &nsample);
	check(has(sample, nsample, "kernel/000.o") && has(sample, nsample, "kernel/390.o"),
	      "those that include a header are taken from all over");
	check(has(sample, nsample, "kernel/059.o"), "what is made of another file is all there");
	check(nsample == 60 + 34, "and nothing twice");

	add_many(&small, "include/linux/few.h", 40);
	users_sample(&small, &few, &nfew);
	check(nfew == 40, "few are all taken");
	users_free(&us);
	users_free(&small);
}

/* What kbuild writes when it makes @object of @source, which includes a header. */
static bool made(const char *dir, const char *object, const char *source)
{
	autofree char *text = xasprintf("savedcmd_%s.o := gcc\n\nsource_%s.o := ../%s\n\n"
					"deps_%s.o := \\\n  ../include/one.h \\\n",
					object, object, source, object);
	autofree char *path = xasprintf("%s/o/.%s.o.cmd", dir, object);

	return file_write(path, text, strlen(text)) == ST_OK;
}

/* A branch was checked out that has no two.c, in a directory where it was compiled. */
static void test_stale(void)
{
	char dir[] = "/tmp/users_test.XXXXXX";
	autofree char *objects = NULL, *one = NULL;
	struct users us = { 0 };
	bool there;

	check(mkdtemp(dir), "a directory");
	objects = xasprintf("%s/o", dir);
	one = xasprintf("%s/one.c", dir);
	there = !dir_make(objects) && !file_write(one, "", 0) && made(dir, "one", "one.c") &&
		made(dir, "two", "two.c");
	check(there && !users_find(objects, &(char *){ "include/one.h" }, 1, &us) && us.n == 1 &&
	      !strcmp(us.user[0].object, "one.o"), "what was made of a file that is gone is no user");
	users_free(&us);
	tree_remove(dir);
}

int main(void)
{
	test_stale();
	test_sample();
	test_beside();
	return test_end();
}
