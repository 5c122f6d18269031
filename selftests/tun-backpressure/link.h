/* SPDX-License-Identifier: GPL-2.0-only */
/* Network devices, by their index. */
#ifndef LINK_H
#define LINK_H

#include <stdbool.h>
#include <linux/if_link.h>
#include <linux/types.h>

int link_delete(int ifindex);
int link_up(int ifindex, bool up);

/*
 * A device whose carrier depends on another one transmits some time after both
 * went up; wait for that.
 */
int link_wait_running(int ifindex);

int link_txqueuelen(int ifindex, __u32 len);
int link_stats(int ifindex, struct rtnl_link_stats64 *stats);

int link_add_veth(const char *name, const char *peer);

/* A device of @kind, macvtap or ipvtap, that has all of the device @lower. */
int link_add_vtap(const char *name, const char *kind, int lower);

/* An IPv4 address of its own. */
int link_add_address(int ifindex, __be32 address);

#endif
