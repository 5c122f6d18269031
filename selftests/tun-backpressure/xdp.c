// SPDX-License-Identifier: GPL-2.0-only
/*
 * A tap device whose ring XDP frames have filled.  They do not stop the queue, so
 * that the next packet finds it running and the ring full.
 */
#include <linux/if_tun.h>
#include <net/if.h>
#include <unistd.h>

#include "../../kselftest_harness.h"
#include "collect.h"
#include "counts.h"
#include "expect.h"
#include "inject.h"
#include "link.h"
#include "netns.h"
#include "qdisc.h"
#include "send.h"
#include "tap.h"

#define RING	64
#define FRAMES	96
#define LIMIT	1000
#define XDP	1	/* stream */
#define ROOM	(16 << 20)
#define SECONDS	120

FIXTURE(xdp) {
	int fd;
	int ifindex;
	struct sender sender;
};

FIXTURE_SETUP(xdp)
{
	ASSERT_EQ(netns_enter(), 0);
	self->fd = tap_open("xdp", IFF_TAP);
	ASSERT_GE(self->fd, 0);
	self->ifindex = if_nametoindex("xdp");
	ASSERT_EQ(link_txqueuelen(self->ifindex, RING), 0);
	ASSERT_EQ(qdisc_replace(self->ifindex, "pfifo", LIMIT), 0);
	ASSERT_EQ(link_up(self->ifindex, true), 0);
	ASSERT_EQ(sender_open(&self->sender, self->ifindex, true, 0, ROOM), 0);
}

FIXTURE_TEARDOWN(xdp)
{
	sender_close(&self->sender);
	close(self->fd);
}

/* XDP frames never wait. */
TEST_F_TIMEOUT(xdp, dropped_by_full_ring, SECONDS)
{
	struct counts c;

	ASSERT_EQ(inject(self->ifindex, XDP, RING), 0);
	ASSERT_EQ(counts_read(self->ifindex, &c), 0);
	EXPECT_EQ(c.dropped, 0);
	ASSERT_EQ(inject(self->ifindex, XDP, 1), 0);
	ASSERT_EQ(counts_read(self->ifindex, &c), 0);
	EXPECT_EQ(c.dropped, 1);
	EXPECT_EQ(c.waiting, 0);
	EXPECT_EQ(collect(&self->fd, 1, true, XDP, RING, NULL), 0);
}

TEST_F_TIMEOUT(xdp, others_wait_for_full_ring, SECONDS)
{
	struct counts c;

	ASSERT_EQ(inject(self->ifindex, XDP, RING), 0);
	ASSERT_EQ(sender_send_all(&self->sender, FRAMES), 0);
	ASSERT_EQ(counts_read(self->ifindex, &c), 0);
	EXPECT_EQ(c.waiting, BACKPRESSURE ? FRAMES : 0);
	EXPECT_EQ(c.dropped, BACKPRESSURE ? 0 : FRAMES);
	EXPECT_EQ(collect(&self->fd, 1, true, 0, RING + c.waiting, NULL), 0);
}

/* A queue that is stopped is none of theirs. */
TEST_F_TIMEOUT(xdp, dropped_while_others_wait, SECONDS)
{
	struct counts before, after;

	ASSERT_EQ(sender_send_all(&self->sender, FRAMES), 0);
	ASSERT_EQ(counts_read(self->ifindex, &before), 0);
	EXPECT_EQ(before.waiting, BACKPRESSURE ? FRAMES - RING : 0);
	ASSERT_EQ(inject(self->ifindex, XDP, 1), 0);
	ASSERT_EQ(counts_read(self->ifindex, &after), 0);
	EXPECT_EQ(after.dropped, before.dropped + 1);
	EXPECT_EQ(after.waiting, before.waiting);
	EXPECT_EQ(collect(&self->fd, 1, true, 0, RING + after.waiting, NULL), 0);
}

TEST_HARNESS_MAIN
