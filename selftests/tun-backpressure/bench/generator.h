/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's packet generator.  It has one thread for each processor, which sends
 * for its sessions in turn.
 */
#ifndef GENERATOR_H
#define GENERATOR_H

#include <pthread.h>
#include <stdbool.h>
#include <linux/types.h>

struct generator {
	const char *device;
	unsigned int sessions;	/* each a flow of its own */
	bool bypass;		/* the qdisc: packets go to the device itself */
	int err;
	pthread_t thread;
};

/* Add the sessions, in our network namespace. */
int generator_open(const struct generator *g);
int generator_close(void);

/* Send as much as goes, until it is stopped. */
int generator_start(struct generator *g);
int generator_stop(struct generator *g);

/* How many packets were given to the qdisc or the device, dropped ones included. */
int generator_sent(const struct generator *g, __u64 *n);

#endif
