// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "progress.h"

/* Steps that have begun, a step inside another above it. */
#define MOST 4

static struct step {
	char what[200];
	double began;
} steps[MOST];
static int depth;
static double shown;

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
	struct step *s = &steps[depth < MOST ? depth : MOST - 1];

	depth++;
	snprintf(s->what, sizeof(s->what), "%s", what);
	s->began = shown = progress_clock();
	if (progress_moves())
		fprintf(stderr, "\r\033[K%s ...", s->what);
	else
		fprintf(stderr, "%s ...\n", s->what);
	fflush(stderr);
}

void progress_update(unsigned long long done, unsigned long long total)
{
	double now = progress_clock();

	if (!progress_moves() || now - shown < 0.2 || !total || !depth)
		return;
	shown = now;
	fprintf(stderr, "\r\033[K%s ... %3llu %%",
		steps[depth < MOST ? depth - 1 : MOST - 1].what, 100 * done / total);
	fflush(stderr);
}

void progress_end(void)
{
	struct step *s;

	depth--;
	s = &steps[depth < MOST ? depth : MOST - 1];
	fprintf(stderr, "%s%s: %.1f s\n", progress_moves() ? "\r\033[K" : "",
		s->what, progress_clock() - s->began);
}
