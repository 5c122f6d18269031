/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Requests to rtnetlink, each on a socket of its own.  Errors are negative
 * errno values.
 */
#ifndef RTNL_H
#define RTNL_H

#include <stddef.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

struct rtnl_message {
	struct nlmsghdr nh;
	char body[16384];
};

/* Begin a request; the address of its family's header of @len bytes. */
void *rtnl_begin(struct rtnl_message *m, int type, int flags, size_t len);
void rtnl_put(struct rtnl_message *m, int type, const void *data, size_t len);

/* Bytes of a nest that are no attribute. */
void rtnl_append(struct rtnl_message *m, const void *data, size_t len);

struct rtattr *rtnl_nest(struct rtnl_message *m, int type);
void rtnl_nest_end(struct rtnl_message *m, struct rtattr *nest);

/* Send @m and wait for the end; what is answered before that replaces @m. */
int rtnl_talk(struct rtnl_message *m);

/* An attribute behind a family's header of @len bytes, or NULL. */
struct rtattr *rtnl_find(struct rtnl_message *m, size_t len, int type);

#endif
