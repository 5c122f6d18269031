/* SPDX-License-Identifier: GPL-2.0-only */
/* A thread that reads a queue, and does not while it is told to pause. */
#ifndef READING_H
#define READING_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <linux/types.h>

struct seen;

struct reading {
	const int *fd;		/* below 0: nothing to read */
	bool tap;
	bool spins;		/* when there is nothing to read */
	struct seen *seen;	/* where each frame is added; NULL: nowhere */
	atomic_uint received;
	atomic_bool stop;
	int err;
	pthread_mutex_t pause;
	pthread_t thread;
};

int reading_start(struct reading *r);
void reading_pause(struct reading *r);
void reading_go_on(struct reading *r);

/* Wait until it has read @n frames more. */
bool reading_wait(const struct reading *r, __u32 n);

/* Tell it to stop; its first error. */
int reading_end(struct reading *r);

#endif
