// SPDX-License-Identifier: GPL-2.0-only
/*
 * A device that goes down and up again: with a full ring, while it is read, and
 * under traffic.
 */
#include <errno.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <unistd.h>

#include "../../kselftest_harness.h"
#include "collect.h"
#include "counts.h"
#include "expect.h"
#include "link.h"
#include "netns.h"
#include "qdisc.h"
#include "read.h"
#include "reading.h"
#include "tap.h"
#include "traffic.h"

#define RING	64
#define FRAMES	96
#define MORE	32
#define WAITING	(BACKPRESSURE ? FRAMES - RING : 0)
#define LIMIT	1000
#define CHANGES	50
#define SENDERS	2
#define LATER	1000	/* a stream that no thread sends */
#define ROOM	(16 << 20)
#define LITTLE	(64 << 10)
#define SECONDS	120

FIXTURE(admin) {
	int ifindex;
	struct sender sender;
	struct reader reader;
};

FIXTURE_VARIANT(admin) {
	bool tap;
	const char *qdisc;
	__u32 limit;
};

FIXTURE_VARIANT_ADD(admin, tun_pfifo) {
	.qdisc = "pfifo",
	.limit = LIMIT,
};

FIXTURE_VARIANT_ADD(admin, tap_pfifo) {
	.tap = true,
	.qdisc = "pfifo",
	.limit = LIMIT,
};

FIXTURE_VARIANT_ADD(admin, tap_pfifo_fast) {
	.tap = true,
	.qdisc = "pfifo_fast",
};

FIXTURE_SETUP(admin)
{
	ASSERT_EQ(netns_enter(), 0);
	self->reader.tap = variant->tap;
	self->reader.fd = tap_open("admin", variant->tap ? IFF_TAP : IFF_TUN);
	ASSERT_GE(self->reader.fd, 0);
	self->ifindex = if_nametoindex("admin");
	ASSERT_EQ(link_txqueuelen(self->ifindex, RING), 0);
	ASSERT_EQ(qdisc_replace(self->ifindex, variant->qdisc, variant->limit), 0);
	ASSERT_EQ(link_up(self->ifindex, true), 0);
	ASSERT_EQ(sender_open(&self->sender, self->ifindex, variant->tap, 0, ROOM), 0);
}

FIXTURE_TEARDOWN(admin)
{
	sender_close(&self->sender);
	close(self->reader.fd);
}

/* A device that goes down keeps its ring, and loses what waits in the qdisc. */
static int fill_and_go_down(int ifindex, struct sender *s)
{
	int err = sender_send_all(s, FRAMES);

	if (!err)
		err = link_up(ifindex, false);
	return err ? err : sender_forget(s);
}

TEST_F_TIMEOUT(admin, up_with_full_ring, SECONDS)
{
	struct counts c;

	ASSERT_EQ(fill_and_go_down(self->ifindex, &self->sender), 0);
	ASSERT_EQ(link_up(self->ifindex, true), 0);
	ASSERT_EQ(sender_send_all(&self->sender, MORE), 0);
	ASSERT_EQ(counts_read(self->ifindex, &c), 0);
	EXPECT_EQ(c.waiting, BACKPRESSURE ? MORE : 0);
	EXPECT_EQ(c.dropped, BACKPRESSURE ? 0 : FRAMES - RING + MORE);
	EXPECT_EQ(reader_drain(&self->reader, self->ifindex, FRAMES + MORE - WAITING, &c), 0);
	EXPECT_EQ(self->reader.received, BACKPRESSURE ? RING + MORE : RING);
}

/*
 * The first packet finds the queue running and the ring full.  Nothing may have
 * been done to it when it waits: like those after it, it is charged to its sender.
 */
TEST_F_TIMEOUT(admin, charged_with_full_ring, SECONDS)
{
	int one, all;

	ASSERT_EQ(fill_and_go_down(self->ifindex, &self->sender), 0);
	ASSERT_EQ(sender_charged(&self->sender), 0);
	ASSERT_EQ(link_up(self->ifindex, true), 0);
	ASSERT_EQ(sender_send_all(&self->sender, MORE), 0);
	all = sender_charged(&self->sender);
	ASSERT_EQ(sender_send(&self->sender), 0);
	one = sender_charged(&self->sender) - all;
	EXPECT_EQ(one > 0, BACKPRESSURE);
	EXPECT_EQ(all, MORE * one);
}

TEST_F_TIMEOUT(admin, read_while_down, SECONDS)
{
	struct counts c;

	ASSERT_EQ(fill_and_go_down(self->ifindex, &self->sender), 0);
	while (self->reader.received < RING)
		ASSERT_EQ(reader_take(&self->reader), 1);
	EXPECT_EQ(reader_take(&self->reader), 0);
	EXPECT_EQ(sender_send(&self->sender), -ENETDOWN);
	ASSERT_EQ(link_up(self->ifindex, true), 0);
	ASSERT_EQ(sender_send_all(&self->sender, FRAMES), 0);
	ASSERT_EQ(counts_read(self->ifindex, &c), 0);
	EXPECT_EQ(c.waiting, WAITING);
	EXPECT_EQ(c.dropped, BACKPRESSURE ? 0 : 2 * (FRAMES - RING));
	EXPECT_EQ(reader_drain(&self->reader, self->ifindex, 2 * FRAMES - WAITING, &c), 0);
	EXPECT_EQ(self->reader.received, BACKPRESSURE ? RING + FRAMES : 2 * RING);
}

/* Each time more arrives than the ring has from before. */
TEST_F_TIMEOUT(admin, under_traffic, SECONDS)
{
	struct reading reading = { .fd = &self->reader.fd, .tap = variant->tap };
	struct traffic traffic[SENDERS] = { 0 };
	struct counts before, after;

	ASSERT_EQ(reading_start(&reading), 0);
	for (int i = 0; i < SENDERS; i++) {
		traffic[i].frames = -1;
		traffic[i].streams = 1;
		ASSERT_EQ(sender_open(&traffic[i].sender, self->ifindex, variant->tap, 0, LITTLE),
			  0);
		ASSERT_EQ(traffic_start(&traffic[i]), 0);
	}
	for (int change = 0; change < CHANGES; change++) {
		ASSERT_TRUE(reading_wait(&reading, RING + 1));
		ASSERT_EQ(link_up(self->ifindex, false), 0);
		ASSERT_EQ(link_up(self->ifindex, true), 0);
	}
	for (int i = 0; i < SENDERS; i++) {
		traffic[i].stop = true;
		EXPECT_EQ(traffic_end(&traffic[i]), 0);
		EXPECT_GT(traffic[i].sender.seq, 0);
		sender_close(&traffic[i].sender);
	}
	EXPECT_EQ(counts_run_dry(self->ifindex, &before), 0);
	EXPECT_EQ(reading_end(&reading), 0);

	ASSERT_EQ(sender_forget(&self->sender), 0);
	ASSERT_EQ(collect(&self->reader.fd, 1, variant->tap, LATER, 0, NULL), 0);
	ASSERT_EQ(counts_read(self->ifindex, &before), 0);
	self->sender.stream = LATER;
	ASSERT_EQ(sender_send_all(&self->sender, FRAMES), 0);
	ASSERT_EQ(counts_read(self->ifindex, &after), 0);
	EXPECT_EQ(after.dropped == before.dropped, BACKPRESSURE);
	EXPECT_EQ(collect(&self->reader.fd, 1, variant->tap, LATER,
			  FRAMES - (after.dropped - before.dropped), NULL), 0);
}

TEST_HARNESS_MAIN
