// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"
#include "said.h"
#include "t/test.h"

/* What a make that printed @len bytes of @log has said. */
static bool absorb(struct said *s, const char *log, size_t len)
{
	char path[] = "/tmp/said_test.XXXXXX";
	int fd = mkstemp(path);
	bool good;

	close(fd);
	*s = (struct said){ 0 };
	good = !file_write(path, log, len) && !said_absorb(s, path, "/nowhere");
	unlink(path);
	return good;
}

#define ABSORB(s, log) absorb(s, log, sizeof(log) - 1)

static size_t count(const struct said *s, const char *target)
{
	const struct output *o = said_by(s, target);

	return o ? o->warnings.n : 0;
}

int main(void)
{
	struct said s;

	check(ABSORB(&s, "  CC      a.o\na.c:1:2: warning: one\n"
			 "  CC      b.o\nb.c:1:2: warning: two\nb.c:3:4: warning: three\n") &&
	      count(&s, "a.o") == 1 && count(&s, "b.o") == 2, "each target has its own complaints");
	said_free(&s);
	check(ABSORB(&s, "  CC      a.o\na.c:1:2: warning: null character(s) ignored\n    1 | \0;\n"
			 "a.c:3:4: warning: another\n") &&
	      count(&s, "a.o") == 2, "what follows a NUL counts");
	said_free(&s);
	check(ABSORB(&s, "  CC      a\tb.o\na.c:1:2: warning: one\n") && count(&s, "a b.o") == 1,
	      "a tab is a blank");
	said_free(&s);
	return test_end();
}
