// SPDX-License-Identifier: GPL-2.0-only
/*
 * A tun or tap device whose ring is full: with a qdisc, packets wait there; with
 * noqueue, and on a kernel without back-pressure, the device drops them and
 * counts each.
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
#include "send.h"
#include "tap.h"
#include "wait.h"

#define RING	64
#define BATCH	32	/* what leaves a ring at once is this or a half of it */
#define FRAMES	96
#define ROUNDS	8
#define ROOM	(16 << 20)
#define SECONDS	120

FIXTURE(ring) {
	int ifindex;
	struct sender sender;
	struct reader reader;
};

FIXTURE_VARIANT(ring) {
	bool tap;
	const char *qdisc;
	__u32 limit;
	bool stops;
	bool drops;	/* what waits too long */
};

FIXTURE_VARIANT_ADD(ring, tun_noqueue) {
	.qdisc = "noqueue",
};

FIXTURE_VARIANT_ADD(ring, tap_noqueue) {
	.tap = true,
	.qdisc = "noqueue",
};

FIXTURE_VARIANT_ADD(ring, tun_pfifo) {
	.qdisc = "pfifo",
	.limit = 1000,
	.stops = BACKPRESSURE,
};

FIXTURE_VARIANT_ADD(ring, tap_pfifo) {
	.tap = true,
	.qdisc = "pfifo",
	.limit = 1000,
	.stops = BACKPRESSURE,
};

FIXTURE_VARIANT_ADD(ring, tun_pfifo_fast) {
	.qdisc = "pfifo_fast",
	.stops = BACKPRESSURE,
};

FIXTURE_VARIANT_ADD(ring, tap_pfifo_fast) {
	.tap = true,
	.qdisc = "pfifo_fast",
	.stops = BACKPRESSURE,
};

FIXTURE_VARIANT_ADD(ring, tun_fq_codel) {
	.qdisc = "fq_codel",
	.stops = BACKPRESSURE,
	.drops = true,
};

FIXTURE_VARIANT_ADD(ring, tap_fq_codel) {
	.tap = true,
	.qdisc = "fq_codel",
	.stops = BACKPRESSURE,
	.drops = true,
};

FIXTURE_SETUP(ring)
{
	ASSERT_EQ(netns_enter(), 0);
	self->reader.tap = variant->tap;
	self->reader.fd = tap_open("ring", variant->tap ? IFF_TAP : IFF_TUN);
	ASSERT_GE(self->reader.fd, 0);
	self->ifindex = if_nametoindex("ring");
	ASSERT_EQ(link_txqueuelen(self->ifindex, RING), 0);
	ASSERT_EQ(qdisc_replace(self->ifindex, variant->qdisc, variant->limit), 0);
	ASSERT_EQ(link_up(self->ifindex, true), 0);
	ASSERT_EQ(sender_open(&self->sender, self->ifindex, variant->tap, 0, ROOM), 0);
}

FIXTURE_TEARDOWN(ring)
{
	sender_close(&self->sender);
	close(self->reader.fd);
}

/*
 * The ring takes as many as its size, and the rest waits, or is lost.  Slots that
 * were read become free in batches, so that some are not after a round in which
 * the qdisc dropped any.
 */
TEST_F_TIMEOUT(ring, fills_and_drains, SECONDS)
{
	const __u32 waiting = variant->stops ? FRAMES - RING : 0;
	struct counts before = { 0 }, c;

	for (int round = 0; round < ROUNDS; round++) {
		__u32 unfree = self->reader.received % BATCH ? BATCH : 0;

		ASSERT_EQ(sender_send_all(&self->sender, FRAMES), 0);
		ASSERT_EQ(counts_read(self->ifindex, &c), 0);
		ASSERT_GE(c.waiting, waiting);
		ASSERT_LE(c.waiting, waiting + unfree);
		ASSERT_EQ(c.qdisc_dropped, before.qdisc_dropped);
		ASSERT_EQ(c.dropped - before.dropped, FRAMES - RING - waiting);

		ASSERT_EQ(reader_drain(&self->reader, self->ifindex, self->sender.seq, &before), 0);
		ASSERT_EQ(before.waiting, 0);
		ASSERT_EQ(before.dropped, c.dropped);
		if (variant->drops)
			continue;
		ASSERT_EQ(before.qdisc_dropped, 0);
	}
}

/* A ring that is read takes more before it is empty. */
TEST_F_TIMEOUT(ring, takes_more_before_empty, SECONDS)
{
	const __u32 full = variant->stops ? FRAMES - RING : 0;
	const __u32 waiting = variant->stops ? full - BATCH / 2 : 0;
	struct counts before, after;
	long long since;

	ASSERT_EQ(sender_send_all(&self->sender, FRAMES), 0);
	ASSERT_EQ(counts_read(self->ifindex, &before), 0);
	ASSERT_EQ(before.waiting, full);
	while (self->reader.received < BATCH)
		ASSERT_EQ(reader_take(&self->reader), 1);
	if (!variant->stops)
		ASSERT_EQ(sender_send_all(&self->sender, BATCH), 0);
	since = now_ms();
	do {
		ASSERT_EQ(counts_read(self->ifindex, &after), 0);
	} while (after.waiting > waiting && wait_more(since));
	EXPECT_LE(after.waiting, waiting);
	EXPECT_EQ(after.dropped, before.dropped);
}

/* No slot is free before a batch was read, and until then none wakes the queue. */
TEST_F_TIMEOUT(ring, sleeps_without_room, SECONDS)
{
	const __u32 waiting = variant->stops ? FRAMES - RING : 0;
	struct counts full, c;

	ASSERT_EQ(sender_send_all(&self->sender, FRAMES), 0);
	ASSERT_EQ(counts_read(self->ifindex, &full), 0);
	while (self->reader.received < BATCH / 4) {
		ASSERT_EQ(reader_take(&self->reader), 1);
		usleep(10000);
		ASSERT_EQ(counts_read(self->ifindex, &c), 0);
		ASSERT_EQ(c.waiting, waiting);
		ASSERT_EQ(c.requeued, full.requeued);
	}
}

TEST_HARNESS_MAIN
