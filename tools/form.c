// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "form.h"
#include "json.h"
#include "ktap_print.h"
#include "report.h"
#include "status.h"

int form_find(form **to)
{
	const char *name = getenv("FORMAT");

	*to = report;
	if (!name || !*name)
		return ST_OK;
	if (!strcmp(name, "json"))
		*to = json;
	else if (!strcmp(name, "ktap"))
		*to = ktap_print;
	else
		return fail(ST_USAGE, "FORMAT is \"%s\", not json or ktap", name);
	return ST_OK;
}
