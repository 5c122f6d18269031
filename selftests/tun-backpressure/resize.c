// SPDX-License-Identifier: GPL-2.0-only
/*
 * The size of a ring that is changed, to 0 as well: while the queue is stopped
 * for it, and under traffic.  A change loses what waits in the qdisc, and what
 * does not fit in the ring any more; nobody counts either.
 */
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
#define MORE	16
#define FRAMES	128
#define WAITING	(BACKPRESSURE ? FRAMES - RING : 0)
#define DROPPED	(BACKPRESSURE ? 0 : FRAMES - RING)
#define LIMIT	1000
#define CHANGES	100
#define SENDERS	2
#define LATER	1000	/* a stream that no thread sends */
#define ROOM	(16 << 20)
#define LITTLE	(64 << 10)
#define SECONDS	120

FIXTURE(resize) {
	int ifindex;
	struct sender sender;
	struct reader reader;
};

FIXTURE_VARIANT(resize) {
	bool tap;
};

FIXTURE_VARIANT_ADD(resize, tun) {
};

FIXTURE_VARIANT_ADD(resize, tap) {
	.tap = true,
};

FIXTURE_SETUP(resize)
{
	ASSERT_EQ(netns_enter(), 0);
	self->reader.tap = variant->tap;
	self->reader.fd = tap_open("resize", variant->tap ? IFF_TAP : IFF_TUN);
	ASSERT_GE(self->reader.fd, 0);
	self->ifindex = if_nametoindex("resize");
	ASSERT_EQ(link_txqueuelen(self->ifindex, RING), 0);
	ASSERT_EQ(qdisc_replace(self->ifindex, "pfifo", LIMIT), 0);
	ASSERT_EQ(link_up(self->ifindex, true), 0);
	ASSERT_EQ(sender_open(&self->sender, self->ifindex, variant->tap, 0, ROOM), 0);
}

FIXTURE_TEARDOWN(resize)
{
	sender_close(&self->sender);
	close(self->reader.fd);
}

/* A ring that has grown has room, though nobody has read. */
TEST_F_TIMEOUT(resize, grows, SECONDS)
{
	struct counts c;

	ASSERT_EQ(sender_send_all(&self->sender, RING), 0);
	ASSERT_EQ(link_txqueuelen(self->ifindex, RING + MORE), 0);
	ASSERT_EQ(sender_send_all(&self->sender, FRAMES), 0);
	ASSERT_EQ(counts_read(self->ifindex, &c), 0);
	EXPECT_EQ(c.waiting, BACKPRESSURE ? FRAMES - MORE : 0);
	EXPECT_EQ(c.dropped, BACKPRESSURE ? 0 : FRAMES - MORE);
	EXPECT_EQ(reader_drain(&self->reader, self->ifindex, RING + FRAMES, &c), 0);
	EXPECT_EQ(self->reader.received, BACKPRESSURE ? RING + FRAMES : RING + MORE);
}

TEST_F_TIMEOUT(resize, shrinks, SECONDS)
{
	struct counts c;

	ASSERT_EQ(sender_send_all(&self->sender, FRAMES), 0);
	ASSERT_EQ(link_txqueuelen(self->ifindex, RING - MORE), 0);
	ASSERT_EQ(sender_send_all(&self->sender, FRAMES), 0);
	ASSERT_EQ(counts_read(self->ifindex, &c), 0);
	EXPECT_EQ(c.waiting, BACKPRESSURE ? FRAMES : 0);
	EXPECT_EQ(c.dropped, BACKPRESSURE ? 0 : DROPPED + FRAMES);
	EXPECT_EQ(reader_drain(&self->reader, self->ifindex, 2 * FRAMES - WAITING - MORE, &c), 0);
	EXPECT_EQ(self->reader.received, BACKPRESSURE ? RING - MORE + FRAMES : RING - MORE);
}

/*
 * A ring of size 0 never has room: the device drops all that comes, until it has
 * a ring again.
 */
TEST_F_TIMEOUT(resize, to_zero_and_back, SECONDS)
{
	struct counts c;

	ASSERT_EQ(sender_send_all(&self->sender, RING), 0);
	ASSERT_EQ(link_txqueuelen(self->ifindex, 0), 0);
	ASSERT_EQ(sender_send_all(&self->sender, FRAMES), 0);
	ASSERT_EQ(counts_read(self->ifindex, &c), 0);
	EXPECT_EQ(c.waiting, 0);
	EXPECT_EQ(c.dropped, FRAMES);
	EXPECT_EQ(reader_take(&self->reader), 0);

	ASSERT_EQ(link_txqueuelen(self->ifindex, RING), 0);
	ASSERT_EQ(sender_send_all(&self->sender, FRAMES), 0);
	ASSERT_EQ(counts_read(self->ifindex, &c), 0);
	EXPECT_EQ(c.waiting, WAITING);
	EXPECT_EQ(c.dropped, FRAMES + DROPPED);
	EXPECT_EQ(reader_drain(&self->reader, self->ifindex, 2 * FRAMES, &c), 0);
	EXPECT_EQ(self->reader.received, RING + WAITING);
}

TEST_F_TIMEOUT(resize, from_zero, SECONDS)
{
	struct counts c;

	ASSERT_EQ(link_txqueuelen(self->ifindex, 0), 0);
	ASSERT_EQ(sender_send_all(&self->sender, FRAMES), 0);
	ASSERT_EQ(counts_read(self->ifindex, &c), 0);
	EXPECT_EQ(c.waiting, 0);
	EXPECT_EQ(c.dropped, FRAMES);
	ASSERT_EQ(link_txqueuelen(self->ifindex, 1), 0);
	ASSERT_EQ(sender_send_all(&self->sender, FRAMES), 0);
	ASSERT_EQ(counts_read(self->ifindex, &c), 0);
	EXPECT_EQ(c.waiting, BACKPRESSURE ? FRAMES - 1 : 0);
	EXPECT_EQ(reader_drain(&self->reader, self->ifindex, 2 * FRAMES, &c), 0);
	EXPECT_EQ(self->reader.received, BACKPRESSURE ? FRAMES : 1);
}

/* At each size more arrives than the ring has from before. */
TEST_F_TIMEOUT(resize, under_traffic, SECONDS)
{
	static const __u32 sizes[] = { 1, 16, 0, 2, RING };
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
		__u32 size = sizes[change % ARRAY_SIZE(sizes)];

		ASSERT_EQ(link_txqueuelen(self->ifindex, size), 0);
		if (size)
			ASSERT_TRUE(reading_wait(&reading, RING + 1));
	}
	for (int i = 0; i < SENDERS; i++) {
		traffic[i].stop = true;
		EXPECT_EQ(traffic_end(&traffic[i]), 0);
		sender_close(&traffic[i].sender);
	}
	EXPECT_EQ(counts_run_dry(self->ifindex, &before), 0);
	EXPECT_EQ(reading_end(&reading), 0);

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
