/* SPDX-License-Identifier: GPL-2.0-only */
/* What may have to wait for the importer, done aside. */
#ifndef THREAD_H
#define THREAD_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "device.h"
#include "outage.h"

/* How long is waited for what shall not happen, and for what shall; ms */
#define SHORT	300
#define LONG	20000

struct thread {
	pthread_t thread;
	int (*work)(struct thread *t);
	const struct outage *outage;
	struct vfio *vfio;
	const struct device *device;
	atomic_bool done;
	int ret;
};

/* Begin an outage; take a device out of the machine.  0, or a negative errno. */
int thread_outage(struct thread *t, const struct outage *outage, struct vfio *v);
int thread_remove(struct thread *t, const struct device *d);

/* Seconds since whenever */
double thread_now(void);

/* Whether it is done after at most so many ms. */
bool thread_done(struct thread *t, int ms);

/* Wait for it: what it returned. */
int thread_end(struct thread *t);

/* Whether an importer is told of a move, in good time. */
bool thread_tells(int importer);

#endif
