// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "link.h"
#include "rtnl.h"

static struct ifinfomsg *begin(struct rtnl_message *m, int type, int ifindex)
{
	struct ifinfomsg *info = rtnl_begin(m, type, 0, sizeof(*info));

	info->ifi_index = ifindex;
	return info;
}

int link_up(int ifindex, bool up)
{
	struct rtnl_message m;
	struct ifinfomsg *info = begin(&m, RTM_NEWLINK, ifindex);

	info->ifi_change = IFF_UP;
	info->ifi_flags = up ? IFF_UP : 0;
	return rtnl_talk(&m);
}

int link_txqueuelen(int ifindex, __u32 len)
{
	struct rtnl_message m;

	begin(&m, RTM_NEWLINK, ifindex);
	rtnl_put(&m, IFLA_TXQLEN, &len, sizeof(len));
	return rtnl_talk(&m);
}

int link_tx_dropped(int ifindex, __u64 *dropped)
{
	struct rtnl_link_stats64 stats;
	struct rtnl_message m;
	struct rtattr *a;
	int err;

	begin(&m, RTM_GETLINK, ifindex);
	err = rtnl_talk(&m);
	if (err)
		return err;
	a = rtnl_find(&m, sizeof(struct ifinfomsg), IFLA_STATS64);
	if (!a)
		return -ENODATA;
	memcpy(&stats, RTA_DATA(a), sizeof(stats));
	*dropped = stats.tx_dropped;
	return 0;
}
