// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>

#include "figure.h"

void figure(const char *name, const char *what, double value, const char *unit)
{
	printf("# bench %s/%s %.1f %s\n", name, what, value, unit);
	fflush(stdout);
}
