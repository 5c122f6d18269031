/* SPDX-License-Identifier: GPL-2.0-only */
/* The root queueing discipline of a device. */
#ifndef QDISC_H
#define QDISC_H

#include <linux/gen_stats.h>

/* Put a qdisc of @kind there; a @limit of 0 is that kind's default. */
int qdisc_replace(int ifindex, const char *kind, __u32 limit);

int qdisc_stats(int ifindex, struct gnet_stats_queue *stats);

#endif
