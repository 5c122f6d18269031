// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>

#include "commands.h"
#include "hercules.h"
#include "mem.h"
#include "status.h"

int cmd_hercules(const char *root, char **args)
{
	autofree char *path = NULL, *why = NULL;
	struct project p;
	int err = project_open(&p, root);

	if (!err)
		err = hercules_have(&p, &path, &why);
	if (!err && why)
		err = fail(ST_SOURCE, "hercules cannot be had here: %s", why);
	if (!err)
		printf("%s\n", path);
	project_close(&p);
	return err;
}
