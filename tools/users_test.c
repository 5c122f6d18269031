// SPDX-License-Identifier: GPL-2.0-only
/* Which objects stand for all that is made of a file. */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
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

int main(void)
{
	autofree const char **all = NULL, **sample = NULL, **few = NULL;
	struct users us = { 0 }, small = { 0 };
	size_t nall, nsample, nfew;

	add_many(&us, "include/linux/all.h", 400);
	add_many(&us, "kernel/table.c", 60);
	add(&us, "include/linux/all.h", xstrdup("kernel/asm-offsets.s"));
	add(&us, "include/linux/all.h", xstrdup(".module-common.o"));
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
	return test_end();
}
