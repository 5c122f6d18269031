// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>
#include <sys/utsname.h>

#include "arch.h"
#include "mem.h"
#include "status.h"

static const struct arch known[] = {
	{ "x86_64", "x86", "x86_64", "x86_64-linux-gnu-", "arch/x86/boot/bzImage", true },
	{ "arm64", "arm64", "arm64", "aarch64-linux-gnu-", "arch/arm64/boot/Image", true },
	{ "s390x", "s390", "s390", "s390x-linux-gnu-", "arch/s390/boot/bzImage", true },
	{ "um", "um", "um", "", "vmlinux", false },
};

static bool same(const char *known_name, const char *name, size_t len)
{
	return strlen(known_name) == len && !strncmp(known_name, name, len);
}

int arch_of(const char *config, const struct arch **arch)
{
	size_t len = strcspn(config, "-");

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		*arch = &known[i];
		if (same((*arch)->name, config, len))
			return ST_OK;
	}
	return fail(ST_INPUT, "configuration %s: its name does not begin with an architecture that arch.c knows",
		    config);
}

bool arch_is(const struct arch *arch, const char *name, size_t len)
{
	return same(arch->name, name, len) || same(arch->source, name, len);
}

const char *arch_cross(const struct arch *arch)
{
	struct utsname u;
	size_t len;

	if (uname(&u))
		return arch->cross;
	len = strlen(u.machine);
	return !strncmp(arch->cross, u.machine, len) && arch->cross[len] == '-' ?
	       "" : arch->cross;
}

char *arch_cc(const struct arch *arch)
{
	return xasprintf("%sgcc", arch_cross(arch));
}
