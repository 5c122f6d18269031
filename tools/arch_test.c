// SPDX-License-Identifier: GPL-2.0-only
#include <fcntl.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "arch.h"
#include "mem.h"
#include "status.h"
#include "t/test.h"

static bool is(const char *config, const char *word)
{
	const struct arch *arch;

	return !arch_of(config, &arch) && arch_is(arch, word, strlen(word));
}

static void names(void)
{
	const struct arch *arch;

	check(!arch_of("arm64", &arch) && !strcmp(arch->name, "arm64"), "a name");
	check(!arch_of("s390x-debug", &arch) && !strcmp(arch->name, "s390x"), "a variant");
	check(arch_of("arm", &arch) == ST_INPUT, "the beginning of a name is none");
	check(is("x86_64", "x86") && is("x86_64", "x86_64"), "its source has another name");
	check(is("s390x-debug", "s390"), "so has that of a variant");
	check(!is("arm64", "arm") && !is("s390x", "x86") && !is("um", "any"), "others are others");
}

/* Whatever this machine is, at most one of two compilers can be its own. */
static void compilers(void)
{
	const struct arch *x86, *arm, *um;
	struct utsname u;

	check(!uname(&u) && !arch_of("x86_64", &x86) && !arch_of("arm64", &arm) &&
	      !arch_of("um", &um), "three architectures");
	autofree char *one = arch_cc(x86), *other = arch_cc(arm), *here = arch_cc(um);

	check(!strcmp(one, strcmp(u.machine, "x86_64") ? "x86_64-linux-gnu-gcc" : "gcc"),
	      "the compiler for x86_64");
	check(!strcmp(other, strcmp(u.machine, "aarch64") ? "aarch64-linux-gnu-gcc" : "gcc"),
	      "the compiler for arm64");
	check(!strcmp(here, "gcc"), "UML is this machine's");
}

int main(void)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	dup2(null, STDERR_FILENO);
	names();
	compilers();
	return test_end();
}
