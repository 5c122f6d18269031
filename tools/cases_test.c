// SPDX-License-Identifier: GPL-2.0-only
/*
 * t/cases/<reader>/: words that are hard to read, those that `make fuzz` found among
 * them.  Each is read here once; what is wrong with that ends this program.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "fuzz/readers.h"
#include "mem.h"
#include "t/test.h"

static void read_case(const struct reader *r, const char *dir, const char *name)
{
	autofree char *path = xasprintf("%s/%s", dir, name);
	autofree char *what = xasprintf("%s: %s is read", r->name, name);
	autofree char *data = NULL;
	size_t len;
	int err = file_read(path, &data, &len);

	if (!err)
		r->read(data, len);
	check(!err, what);
	fflush(stdout);
}

static void read_cases(const struct reader *r, const char *source)
{
	autofree char *dir = xasprintf("%.*s/t/cases/%s", (int)(strrchr(source, '/') - source),
				       source, r->name);
	autofree char *what = xasprintf("%s: there are cases", r->name);
	char **name;
	size_t n;

	check(!dir_names(dir, &name, &n) && n, what);
	for (size_t i = 0; i < n; i++)
		read_case(r, dir, name[i]);
	names_free(name, n);
}

int main(void)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	dup2(null, STDERR_FILENO);
	readers_begin();
	for (const struct reader *r = readers; r->name; r++)
		read_cases(r, __FILE__);
	return test_end();
}
