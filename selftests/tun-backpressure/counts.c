// SPDX-License-Identifier: GPL-2.0-only
#include "counts.h"
#include "link.h"
#include "qdisc.h"

int counts_read(int ifindex, struct counts *c)
{
	struct gnet_stats_queue q;
	int err;

	err = link_tx_dropped(ifindex, &c->dropped);
	if (!err)
		err = qdisc_stats(ifindex, &q);
	if (err)
		return err;
	c->qdisc_dropped = q.drops;
	c->waiting = q.qlen;
	c->requeued = q.requeues;
	return 0;
}
