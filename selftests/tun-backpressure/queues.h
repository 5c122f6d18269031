/* SPDX-License-Identifier: GPL-2.0-only */
/* A device with several queues, any of which may leave it and join it again. */
#ifndef QUEUES_H
#define QUEUES_H

#include <stdbool.h>
#include <linux/types.h>

#define QUEUES	3

struct queues {
	const char *name;
	bool tap;
	bool closes;	/* a queue leaves by being closed, else by being detached */
	int ifindex;
	int fd[QUEUES];	/* -1 when closed */
};

/* A device that is up, with rings of @ring packets, and a pfifo for each. */
int queues_open(struct queues *q, __u32 ring);
void queues_close(struct queues *q);

/* The last queue takes the place of the one that leaves; who joins is last. */
int queues_leave(struct queues *q, int i);
int queues_join(struct queues *q, int i);

#endif
