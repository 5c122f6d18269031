/* SPDX-License-Identifier: GPL-2.0-only */
/* A thread that sends. */
#ifndef TRAFFIC_H
#define TRAFFIC_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <linux/types.h>

#include "send.h"

struct traffic {
	struct sender sender;
	__u32 frames;		/* to send */
	__u32 first;		/* stream */
	__u32 streams;		/* to take in turn, from the first */
	atomic_bool stop;	/* before all are sent */
	atomic_bool done;
	int err;
	pthread_t thread;
};

int traffic_start(struct traffic *t);

/* Wait until all is sent, or it was told to stop; its first error. */
int traffic_end(struct traffic *t);

#endif
