// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "progress.h"

static char step[200];
static double began, shown;

double progress_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

bool progress_moves(void)
{
	return isatty(STDERR_FILENO);
}

void progress_begin(const char *what)
{
	snprintf(step, sizeof(step), "%s", what);
	began = shown = progress_clock();
	if (progress_moves())
		fprintf(stderr, "\r\033[K%s ...", step);
	else
		fprintf(stderr, "%s ...\n", step);
	fflush(stderr);
}

void progress_update(unsigned long long done, unsigned long long total)
{
	double now = progress_clock();

	if (!progress_moves() || now - shown < 0.2 || !total)
		return;
	shown = now;
	fprintf(stderr, "\r\033[K%s ... %3llu %%", step, 100 * done / total);
	fflush(stderr);
}

void progress_end(void)
{
	double seconds = progress_clock() - began;

	if (progress_moves())
		fprintf(stderr, "\r\033[K%s: %.1f s\n", step, seconds);
	else
		fprintf(stderr, "%s: %.1f s\n", step, seconds);
	*step = '\0';
}
