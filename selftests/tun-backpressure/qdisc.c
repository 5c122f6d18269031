// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <string.h>
#include <linux/pkt_sched.h>

#include "qdisc.h"
#include "rtnl.h"

static void begin(struct rtnl_message *m, int type, int flags, int ifindex)
{
	struct tcmsg *tc = rtnl_begin(m, type, flags, sizeof(*tc));

	tc->tcm_ifindex = ifindex;
	tc->tcm_parent = TC_H_ROOT;
}

int qdisc_replace(int ifindex, const char *kind, __u32 limit)
{
	struct tc_fifo_qopt fifo = { .limit = limit };
	struct rtnl_message m;

	begin(&m, RTM_NEWQDISC, NLM_F_CREATE | NLM_F_REPLACE, ifindex);
	rtnl_put(&m, TCA_KIND, kind, strlen(kind) + 1);
	if (limit)
		rtnl_put(&m, TCA_OPTIONS, &fifo, sizeof(fifo));
	return rtnl_talk(&m);
}

/* TCA_STATS2 is a nest of its own. */
static struct rtattr *find_in(struct rtattr *nest, int type)
{
	struct rtattr *a = RTA_DATA(nest);
	int left = RTA_PAYLOAD(nest);

	for (; RTA_OK(a, left); a = RTA_NEXT(a, left))
		if (a->rta_type == type)
			return a;
	return NULL;
}

int qdisc_stats(int ifindex, struct gnet_stats_queue *stats)
{
	struct rtnl_message m;
	struct rtattr *a;
	int err;

	begin(&m, RTM_GETQDISC, NLM_F_ECHO, ifindex);
	err = rtnl_talk(&m);
	if (err)
		return err;
	a = rtnl_find(&m, sizeof(struct tcmsg), TCA_STATS2);
	if (a)
		a = find_in(a, TCA_STATS_QUEUE);
	if (!a)
		return -ENODATA;
	memcpy(stats, RTA_DATA(a), sizeof(*stats));
	return 0;
}
