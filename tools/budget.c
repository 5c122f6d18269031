// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "budget.h"
#include "status.h"

int budget(double *seconds)
{
	const char *given = getenv("BUDGET");
	char *end;

	*seconds = 0;
	if (!given || !*given)
		return ST_OK;
	*seconds = strtod(given, &end) * 60;
	if (*end || !(*seconds > 0))
		return fail(ST_USAGE, "BUDGET is \"%s\", not a number of minutes", given);
	return ST_OK;
}
