/* SPDX-License-Identifier: GPL-2.0-only */
/* Where packets of a device are that nobody has read. */
#ifndef COUNTS_H
#define COUNTS_H

#include <linux/types.h>

struct counts {
	__u64 dropped;		/* by the device */
	__u32 qdisc_dropped;
	__u32 waiting;		/* in the qdisc */
	__u32 requeued;
};

int counts_read(int ifindex, struct counts *c);

/* Read them when nothing waits any more; -ETIMEDOUT when nothing moves. */
int counts_run_dry(int ifindex, struct counts *c);

#endif
