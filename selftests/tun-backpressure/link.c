// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "link.h"
#include "rtnl.h"
#include "wait.h"

static struct ifinfomsg *begin(struct rtnl_message *m, int type, int ifindex)
{
	struct ifinfomsg *info = rtnl_begin(m, type, 0, sizeof(*info));

	info->ifi_index = ifindex;
	return info;
}

int link_delete(int ifindex)
{
	struct rtnl_message m;

	begin(&m, RTM_DELLINK, ifindex);
	return rtnl_talk(&m);
}

int link_up(int ifindex, bool up)
{
	struct rtnl_message m;
	struct ifinfomsg *info = begin(&m, RTM_NEWLINK, ifindex);

	info->ifi_change = IFF_UP;
	info->ifi_flags = up ? IFF_UP : 0;
	return rtnl_talk(&m);
}

int link_wait_running(int ifindex)
{
	const long long since = now_ms();
	struct ifinfomsg *info;
	struct rtnl_message m;
	int err;

	do {
		begin(&m, RTM_GETLINK, ifindex);
		err = rtnl_talk(&m);
		info = NLMSG_DATA(&m.nh);
		if (err || (info->ifi_flags & IFF_RUNNING))
			return err;
	} while (wait_more(since));
	return -ETIMEDOUT;
}

int link_txqueuelen(int ifindex, __u32 len)
{
	struct rtnl_message m;

	begin(&m, RTM_NEWLINK, ifindex);
	rtnl_put(&m, IFLA_TXQLEN, &len, sizeof(len));
	return rtnl_talk(&m);
}

int link_stats(int ifindex, struct rtnl_link_stats64 *stats)
{
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
	memcpy(stats, RTA_DATA(a), sizeof(*stats));
	return 0;
}
