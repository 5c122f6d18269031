/* SPDX-License-Identifier: GPL-2.0-only */
/* The queueing disciplines of a device. */
#ifndef QDISC_H
#define QDISC_H

#include <linux/gen_stats.h>

/* Put a qdisc of @kind at the root; a @limit of 0 is that kind's default. */
int qdisc_replace(int ifindex, const char *kind, __u32 limit);

/* The same at each of the first @n transmit queues. */
int qdisc_replace_each(int ifindex, unsigned int n, const char *kind, __u32 limit);

/* Of the root, which has the sum of those below it. */
int qdisc_stats(int ifindex, struct gnet_stats_queue *stats);

#endif
