// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "check.h"

const struct check *const checks[] = {
	&check_suite,
	&check_mail,
	&check_fuzz,
	&check_style,
	&check_doc,
	&check_proof,
	&check_x86_64_build,
	&check_x86_64_link,
	&check_x86_64_w1,
	&check_x86_64_sparse,
	&check_x86_64_inert,
	&check_compiled,
	&check_x86_64_kselftest_build,
	&check_x86_64_console,
	&check_x86_64_kunit,
	&check_x86_64_kselftest,
	&check_x86_64_unchanged,
	&check_um_console,
	&check_um_kunit,
	NULL
};

const struct check *check_find(const char *name)
{
	for (const struct check *const *c = checks; *c; c++)
		if (!strcmp((*c)->name, name))
			return *c;
	return NULL;
}

bool check_has_patch(const struct check *check, const struct subject *s)
{
	return s->patch;
}
