// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <string.h>
#include <linux/pkt_sched.h>

#include "qdisc.h"
#include "rtnl.h"

#define MQ_HANDLE	TC_H_MAKE(1 << 16, 0)

static struct tcmsg *begin(struct rtnl_message *m, int type, int flags, int ifindex)
{
	struct tcmsg *tc = rtnl_begin(m, type, flags, sizeof(*tc));

	tc->tcm_ifindex = ifindex;
	tc->tcm_parent = TC_H_ROOT;
	return tc;
}

static int replace(int ifindex, __u32 parent, __u32 handle, const char *kind, __u32 limit)
{
	struct tc_fifo_qopt fifo = { .limit = limit };
	struct rtnl_message m;
	struct tcmsg *tc;

	tc = begin(&m, RTM_NEWQDISC, NLM_F_CREATE | NLM_F_REPLACE, ifindex);
	tc->tcm_parent = parent;
	tc->tcm_handle = handle;
	rtnl_put(&m, TCA_KIND, kind, strlen(kind) + 1);
	if (limit)
		rtnl_put(&m, TCA_OPTIONS, &fifo, sizeof(fifo));
	return rtnl_talk(&m);
}

int qdisc_replace(int ifindex, const char *kind, __u32 limit)
{
	return replace(ifindex, TC_H_ROOT, 0, kind, limit);
}

int qdisc_replace_each(int ifindex, unsigned int n, const char *kind, __u32 limit)
{
	int err = replace(ifindex, TC_H_ROOT, MQ_HANDLE, "mq", 0);

	for (unsigned int i = 1; !err && i <= n; i++)
		err = replace(ifindex, TC_H_MAKE(MQ_HANDLE, i), 0, kind, limit);
	return err;
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
