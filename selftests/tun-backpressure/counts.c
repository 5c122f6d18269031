// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>

#include "counts.h"
#include "link.h"
#include "qdisc.h"
#include "wait.h"

int counts_read(int ifindex, struct counts *c)
{
	struct rtnl_link_stats64 link;
	struct gnet_stats_queue q;
	int err;

	err = link_stats(ifindex, &link);
	if (!err)
		err = qdisc_stats(ifindex, &q);
	if (err)
		return err;
	c->dropped = link.tx_dropped;
	c->qdisc_dropped = q.drops;
	c->waiting = q.qlen;
	c->requeued = q.requeues;
	return 0;
}

int counts_run_dry(int ifindex, struct counts *c)
{
	long long since = now_ms();
	__u32 before = -1;
	int err;

	for (;;) {
		err = counts_read(ifindex, c);
		if (err || !c->waiting)
			return err;
		if (c->waiting != before)
			since = now_ms();
		before = c->waiting;
		if (!wait_more(since))
			return -ETIMEDOUT;
	}
}
