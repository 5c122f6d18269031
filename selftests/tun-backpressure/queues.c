// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <linux/if_tun.h>

#include "link.h"
#include "qdisc.h"
#include "queues.h"
#include "tap.h"

#define LIMIT	1000	/* of a pfifo */

static int join_new(struct queues *q, int i)
{
	q->fd[i] = tap_open(q->name, (q->tap ? IFF_TAP : IFF_TUN) | IFF_MULTI_QUEUE);
	return q->fd[i] < 0 ? q->fd[i] : 0;
}

int queues_open(struct queues *q, __u32 ring)
{
	int err = 0;

	for (int i = 0; !err && i < QUEUES; i++)
		err = join_new(q, i);
	if (err)
		return err;
	q->ifindex = if_nametoindex(q->name);
	err = link_txqueuelen(q->ifindex, ring);
	if (!err)
		err = qdisc_replace_each(q->ifindex, QUEUES, "pfifo", LIMIT);
	if (!err)
		err = link_up(q->ifindex, true);
	return err;
}

void queues_close(struct queues *q)
{
	for (int i = 0; i < QUEUES; i++)
		if (q->fd[i] >= 0)
			close(q->fd[i]);
}

static int set_queue(int fd, int flag)
{
	struct ifreq ifr = { .ifr_flags = flag };

	return ioctl(fd, TUNSETQUEUE, &ifr) ? -errno : 0;
}

int queues_leave(struct queues *q, int i)
{
	if (!q->closes)
		return set_queue(q->fd[i], IFF_DETACH_QUEUE);
	close(q->fd[i]);
	q->fd[i] = -1;
	return 0;
}

int queues_join(struct queues *q, int i)
{
	return q->closes ? join_new(q, i) : set_queue(q->fd[i], IFF_ATTACH_QUEUE);
}
