// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>

#include "buffers.h"

int buffers_count(void)
{
	FILE *f = fopen("/sys/kernel/debug/dma_buf/bufinfo", "re");
	char line[256];
	int n = -1;

	while (f && fgets(line, sizeof(line), f))
		sscanf(line, "Total %d objects", &n);
	if (f)
		fclose(f);
	return n;
}
