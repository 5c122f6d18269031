// SPDX-License-Identifier: GPL-2.0-only
/*
 * A reader that is slow first and then fast, while a sender sends as fast as it
 * can.  The sender's room is a few hundred packets: with back-pressure it has to
 * wait for the reader, and loses nothing.
 */
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
#include "tap.h"
#include "traffic.h"

#define RING	64
#define FRAMES	10000
#define SLOW	300	/* ms */
#define ROOM	(64 << 10)
#define SECONDS	120

FIXTURE(slow) {
	int ifindex;
	struct traffic traffic;
	struct reader reader;
};

FIXTURE_VARIANT(slow) {
	bool tap;
	const char *qdisc;
	__u32 limit;
};

FIXTURE_VARIANT_ADD(slow, tun_pfifo) {
	.qdisc = "pfifo",
	.limit = FRAMES,
};

FIXTURE_VARIANT_ADD(slow, tap_pfifo) {
	.tap = true,
	.qdisc = "pfifo",
	.limit = FRAMES,
};

FIXTURE_VARIANT_ADD(slow, tap_fq_codel) {
	.tap = true,
	.qdisc = "fq_codel",
};

FIXTURE_SETUP(slow)
{
	ASSERT_EQ(netns_enter(), 0);
	self->reader.tap = variant->tap;
	self->reader.fd = tap_open("slow", variant->tap ? IFF_TAP : IFF_TUN);
	ASSERT_GE(self->reader.fd, 0);
	self->ifindex = if_nametoindex("slow");
	ASSERT_EQ(link_txqueuelen(self->ifindex, RING), 0);
	ASSERT_EQ(qdisc_replace(self->ifindex, variant->qdisc, variant->limit), 0);
	ASSERT_EQ(link_up(self->ifindex, true), 0);
	ASSERT_EQ(sender_open(&self->traffic.sender, self->ifindex, variant->tap, 0, ROOM), 0);
	self->traffic.frames = FRAMES;
	self->traffic.streams = 1;
}

FIXTURE_TEARDOWN(slow)
{
	sender_close(&self->traffic.sender);
	close(self->reader.fd);
}

TEST_F_TIMEOUT(slow, then_fast, SECONDS)
{
	struct counts c;

	ASSERT_EQ(traffic_start(&self->traffic), 0);
	for (int i = 0; i < SLOW; i++) {
		ASSERT_GE(reader_take(&self->reader), 0);
		usleep(1000);
	}
	EXPECT_EQ(reader_drain(&self->reader, self->ifindex, FRAMES, &c), 0);
	EXPECT_EQ(traffic_end(&self->traffic), 0);
	EXPECT_EQ(c.waiting, 0);
	EXPECT_EQ(c.dropped == 0, BACKPRESSURE);
}

TEST_HARNESS_MAIN
