/* SPDX-License-Identifier: GPL-2.0-only */
/* A thread that takes what a tap device transmits, and counts it. */
#ifndef PUMP_H
#define PUMP_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

struct guest;

struct pump {
	int fd;			/* of the device */
	struct guest *guest;	/* that receives from it; NULL: the file is read */
	int to;			/* the file of a device that gets the frames; -1: no one does */
	atomic_ullong frames;
	atomic_bool stop;
	unsigned int taken;	/* buffers of the guest that are not posted again yet */
	int err;
	pthread_t thread;
};

/* A guest gets its buffers here, and its backend. */
int pump_start(struct pump *p);

/* Tell it to stop; its first error. */
int pump_end(struct pump *p);

#endif
