// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "rtnl.h"
#include "wait.h"

void *rtnl_begin(struct rtnl_message *m, int type, int flags, size_t len)
{
	memset(m, 0, sizeof(*m));
	m->nh.nlmsg_len = NLMSG_LENGTH(len);
	m->nh.nlmsg_type = type;
	m->nh.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
	return NLMSG_DATA(&m->nh);
}

static void *end_of(struct rtnl_message *m)
{
	return (char *)m + NLMSG_ALIGN(m->nh.nlmsg_len);
}

void rtnl_put(struct rtnl_message *m, int type, const void *data, size_t len)
{
	struct rtattr *a = end_of(m);

	a->rta_type = type;
	a->rta_len = RTA_LENGTH(len);
	if (len)
		memcpy(RTA_DATA(a), data, len);
	m->nh.nlmsg_len = NLMSG_ALIGN(m->nh.nlmsg_len) + RTA_ALIGN(a->rta_len);
}

void rtnl_append(struct rtnl_message *m, const void *data, size_t len)
{
	memcpy(end_of(m), data, len);
	m->nh.nlmsg_len = NLMSG_ALIGN(m->nh.nlmsg_len) + NLMSG_ALIGN(len);
}

struct rtattr *rtnl_nest(struct rtnl_message *m, int type)
{
	struct rtattr *nest = end_of(m);

	rtnl_put(m, type | NLA_F_NESTED, NULL, 0);
	return nest;
}

void rtnl_nest_end(struct rtnl_message *m, struct rtattr *nest)
{
	nest->rta_len = (char *)end_of(m) - (char *)nest;
}

/* Go through the messages in @answer; 1 when the end is not among them. */
static int take(struct rtnl_message *m, struct nlmsghdr *answer, int len)
{
	for (; NLMSG_OK(answer, len); answer = NLMSG_NEXT(answer, len)) {
		if (answer->nlmsg_type == NLMSG_ERROR)
			return ((struct nlmsgerr *)NLMSG_DATA(answer))->error;
		memcpy(m, answer, answer->nlmsg_len);
	}
	return 1;
}

int rtnl_talk(struct rtnl_message *m)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	struct timeval patience = { .tv_sec = STALL_MS / 1000 };
	struct rtnl_message answer;
	ssize_t n;
	int err;

	if (fd < 0)
		return -errno;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	err = send(fd, m, m->nh.nlmsg_len, 0) < 0 ? -errno : 1;
	while (err > 0) {
		n = recv(fd, &answer, sizeof(answer), 0);
		err = n < 0 ? -errno : take(m, &answer.nh, n);
	}
	close(fd);
	return err;
}

struct rtattr *rtnl_find(struct rtnl_message *m, size_t len, int type)
{
	struct rtattr *a = (struct rtattr *)((char *)NLMSG_DATA(&m->nh) + NLMSG_ALIGN(len));
	int left = m->nh.nlmsg_len - NLMSG_SPACE(len);

	for (; RTA_OK(a, left); a = RTA_NEXT(a, left))
		if ((a->rta_type & NLA_TYPE_MASK) == type)
			return a;
	return NULL;
}
