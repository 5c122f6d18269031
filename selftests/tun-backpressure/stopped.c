// SPDX-License-Identifier: GPL-2.0-only
/*
 * Senders that meet a full ring and have no qdisc to wait in, though the device has
 * or had one: what they send is lost, and once the ring is read they can send again.
 */
#include <errno.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <unistd.h>

#include "../../kselftest_harness.h"
#include "counts.h"
#include "expect.h"
#include "link.h"
#include "netns.h"
#include "qdisc.h"
#include "read.h"
#include "send.h"
#include "tap.h"

#define RING	64
#define FRAMES	96
#define MORE	8
#define LIMIT	1000
#define ROOM	(16 << 20)
#define SECONDS	120

FIXTURE(stopped) {
	int ifindex;
	struct sender sender;
	struct reader reader;
};

FIXTURE_VARIANT(stopped) {
	bool tap;
};

FIXTURE_VARIANT_ADD(stopped, tun) {
};

FIXTURE_VARIANT_ADD(stopped, tap) {
	.tap = true,
};

FIXTURE_SETUP(stopped)
{
	ASSERT_EQ(netns_enter(), 0);
	self->reader.tap = variant->tap;
	self->reader.fd = tap_open("stopped", variant->tap ? IFF_TAP : IFF_TUN);
	ASSERT_GE(self->reader.fd, 0);
	self->ifindex = if_nametoindex("stopped");
	ASSERT_EQ(link_txqueuelen(self->ifindex, RING), 0);
	ASSERT_EQ(qdisc_replace(self->ifindex, "pfifo", LIMIT), 0);
	ASSERT_EQ(link_up(self->ifindex, true), 0);
	ASSERT_EQ(sender_open(&self->sender, self->ifindex, variant->tap, 0, ROOM), 0);
}

FIXTURE_TEARDOWN(stopped)
{
	sender_close(&self->sender);
	close(self->reader.fd);
}

/* The device counts what it drops; what a stopped queue refuses, the sender is told. */
TEST_F_TIMEOUT(stopped, bypassing_sender, SECONDS)
{
	struct counts c;

	ASSERT_EQ(sender_bypass(&self->sender), 0);
	ASSERT_EQ(sender_send_all(&self->sender, RING), 0);
	ASSERT_EQ(counts_read(self->ifindex, &c), 0);
	ASSERT_EQ(c.dropped, 0);
	for (int i = 0; i < MORE; i++)
		ASSERT_EQ(sender_try(&self->sender), -ENOBUFS);
	ASSERT_EQ(counts_read(self->ifindex, &c), 0);
	EXPECT_EQ(c.dropped, BACKPRESSURE ? 0 : MORE);
	EXPECT_EQ(c.waiting, 0);
	while (self->reader.received < RING)
		ASSERT_EQ(reader_take(&self->reader), 1);
	EXPECT_EQ(reader_take(&self->reader), 0);
	EXPECT_EQ(sender_try(&self->sender), 0);
	EXPECT_EQ(reader_take(&self->reader), 1);
}

/*
 * The qdisc goes, with what waits in it, while the queue is stopped.  The core drops
 * what comes then, until the ring is read.
 */
TEST_F_TIMEOUT(stopped, noqueue_replaces_qdisc, SECONDS)
{
	struct counts c;

	ASSERT_EQ(sender_send_all(&self->sender, FRAMES), 0);
	ASSERT_EQ(qdisc_replace(self->ifindex, "noqueue", 0), 0);
	ASSERT_EQ(counts_read(self->ifindex, &c), 0);
	ASSERT_EQ(c.dropped, BACKPRESSURE ? 0 : FRAMES - RING);
	EXPECT_EQ(sender_try(&self->sender), BACKPRESSURE ? -ENETDOWN : -ENOBUFS);
	ASSERT_EQ(counts_read(self->ifindex, &c), 0);
	EXPECT_EQ(c.dropped, BACKPRESSURE ? 1 : FRAMES - RING + 1);
	while (self->reader.received < RING)
		ASSERT_EQ(reader_take(&self->reader), 1);
	EXPECT_EQ(reader_take(&self->reader), 0);
	EXPECT_EQ(sender_try(&self->sender), 0);
	EXPECT_EQ(reader_take(&self->reader), 1);
}

TEST_HARNESS_MAIN
