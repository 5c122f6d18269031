// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>
#include <sys/socket.h>
#include <linux/if_addr.h>
#include <linux/veth.h>

#include "link.h"
#include "rtnl.h"

static void put_string(struct rtnl_message *m, int type, const char *s)
{
	rtnl_put(m, type, s, strlen(s) + 1);
}

static void begin(struct rtnl_message *m, const char *name)
{
	rtnl_begin(m, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, sizeof(struct ifinfomsg));
	put_string(m, IFLA_IFNAME, name);
}

int link_add_veth(const char *name, const char *peer)
{
	static const struct ifinfomsg any;
	struct rtattr *info, *data, *other;
	struct rtnl_message m;

	begin(&m, name);
	info = rtnl_nest(&m, IFLA_LINKINFO);
	put_string(&m, IFLA_INFO_KIND, "veth");
	data = rtnl_nest(&m, IFLA_INFO_DATA);
	other = rtnl_nest(&m, VETH_INFO_PEER);
	rtnl_append(&m, &any, sizeof(any));
	put_string(&m, IFLA_IFNAME, peer);
	rtnl_nest_end(&m, other);
	rtnl_nest_end(&m, data);
	rtnl_nest_end(&m, info);
	return rtnl_talk(&m);
}

int link_add_vtap(const char *name, const char *kind, int lower)
{
	const __u32 macvlan = MACVLAN_MODE_PASSTHRU;
	const __u16 ipvlan = IPVLAN_MODE_L2;
	struct rtattr *info, *data;
	struct rtnl_message m;

	begin(&m, name);
	rtnl_put(&m, IFLA_LINK, &lower, sizeof(lower));
	info = rtnl_nest(&m, IFLA_LINKINFO);
	put_string(&m, IFLA_INFO_KIND, kind);
	data = rtnl_nest(&m, IFLA_INFO_DATA);
	if (strcmp(kind, "ipvtap"))
		rtnl_put(&m, IFLA_MACVLAN_MODE, &macvlan, sizeof(macvlan));
	else
		rtnl_put(&m, IFLA_IPVLAN_MODE, &ipvlan, sizeof(ipvlan));
	rtnl_nest_end(&m, data);
	rtnl_nest_end(&m, info);
	return rtnl_talk(&m);
}

int link_add_address(int ifindex, __be32 address)
{
	struct rtnl_message m;
	struct ifaddrmsg *a;

	a = rtnl_begin(&m, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, sizeof(*a));
	a->ifa_family = AF_INET;
	a->ifa_prefixlen = 32;
	a->ifa_index = ifindex;
	rtnl_put(&m, IFA_LOCAL, &address, sizeof(address));
	return rtnl_talk(&m);
}
