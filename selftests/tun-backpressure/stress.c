// SPDX-License-Identifier: GPL-2.0-only
/*
 * Several senders against several readers, in rounds of a fixed number of frames
 * on devices of different kinds.  No frame comes twice, and at the end of a round
 * each has come or is counted as dropped.
 * STRESS_SECONDS in the environment says for how long; by default 60, and 10 where
 * a full ring stops no queue, as then none can get stuck.
 */
#include <linux/if_tun.h>
#include <net/if.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../kselftest_harness.h"
#include "counts.h"
#include "expect.h"
#include "link.h"
#include "netns.h"
#include "qdisc.h"
#include "reading.h"
#include "seen.h"
#include "seen.h"
#include "tap.h"
#include "traffic.h"
#include "wait.h"

#define QUEUES	2
#define THREADS	SEEN_SENDERS
#define FRAMES	SEEN_FRAMES	/* in a round */
#define STREAMS	SEEN_STREAMS
#define LIMIT	FRAMES
#define ROOM	(64 << 10)
#define SECONDS	(BACKPRESSURE ? 60 : 10)
#define LONGEST	3600

struct kind {
	int flags;
	int queues;
	int threads;	/* of each sort; one that reads alone spins */
	__u32 ring;
	const char *qdisc;
	bool each;	/* queue has a qdisc of its own */
	__u32 limit;
};

static const struct kind kinds[] = {
	{ IFF_TUN, 1, 4, 64, "pfifo", .limit = LIMIT },
	{ IFF_TAP, 1, 1, 1, "pfifo", .limit = LIMIT },
	{ IFF_TAP | IFF_MULTI_QUEUE, 2, 4, 16, "pfifo", true, .limit = LIMIT },
	{ IFF_TAP, 1, 4, 1, "pfifo", .limit = LIMIT },
	{ IFF_TUN | IFF_MULTI_QUEUE, 2, 4, 3, "pfifo", .limit = LIMIT },
	{ IFF_TUN, 1, 1, 2, "pfifo_fast" },
	{ IFF_TAP, 1, 4, 500, "pfifo_fast" },
	{ IFF_TAP | IFF_MULTI_QUEUE, 2, 4, 2, "pfifo_fast", true },
	{ IFF_TAP, 1, 4, 32, "fq_codel" },
	{ IFF_TUN | IFF_MULTI_QUEUE, 2, 4, 64, "fq_codel", true },
	{ IFF_TUN, 1, 4, 16, "noqueue" },
};

FIXTURE(stress) {
	int ifindex;
	int fd[QUEUES];
	struct traffic traffic[THREADS];
	struct reading reading[THREADS];
	struct seen seen;
};

FIXTURE_SETUP(stress)
{
	ASSERT_EQ(netns_enter(), 0);
}

FIXTURE_TEARDOWN(stress)
{
}

static int open_device(const struct kind *k, int *fd)
{
	int ifindex, err;

	for (int i = 0; i < k->queues; i++) {
		fd[i] = tap_open("stress", k->flags);
		if (fd[i] < 0)
			return fd[i];
	}
	ifindex = if_nametoindex("stress");
	err = link_txqueuelen(ifindex, k->ring);
	if (!err && k->each)
		err = qdisc_replace_each(ifindex, k->queues, k->qdisc, k->limit);
	else if (!err)
		err = qdisc_replace(ifindex, k->qdisc, k->limit);
	if (!err)
		err = link_up(ifindex, true);
	return err ? err : ifindex;
}

static __u32 received(const struct reading *reading)
{
	__u32 sum = 0;

	for (int i = 0; i < THREADS; i++)
		sum += reading[i].received;
	return sum;
}

/* Wait until each frame is received, or counted as dropped. */
static bool all_accounted(int ifindex, const struct reading *reading, struct counts *c)
{
	long long since = now_ms();
	__u32 before = 0, now;

	for (;;) {
		now = received(reading);
		if (now != before)
			since = now_ms();
		before = now;
		if (counts_read(ifindex, c))
			return false;
		if (now + c->dropped + c->qdisc_dropped >= FRAMES)
			return true;
		if (!wait_more(since))
			return false;
	}
}

static void play(struct __test_metadata *_metadata, const struct kind *k, int ifindex,
		 const int *fd, struct traffic *traffic, struct reading *reading,
		 struct seen *seen)
{
	const bool stops = BACKPRESSURE && strcmp(k->qdisc, "noqueue");
	const bool tap = k->flags & IFF_TAP;
	struct counts c;

	memset(seen, 0, sizeof(*seen));
	for (int i = 0; i < k->threads; i++) {
		reading[i] = (struct reading){
			.fd = &fd[i % k->queues],
			.tap = tap,
			.spins = k->threads == 1,
			.seen = seen,
		};
		ASSERT_EQ(reading_start(&reading[i]), 0);
	}
	for (int i = 0; i < k->threads; i++) {
		traffic[i] = (struct traffic){
			.frames = FRAMES / k->threads,
			.first = i * STREAMS,
			.streams = STREAMS,
		};
		ASSERT_EQ(sender_open(&traffic[i].sender, ifindex, tap, 0, ROOM), 0);
		ASSERT_EQ(traffic_start(&traffic[i]), 0);
	}
	EXPECT_TRUE(all_accounted(ifindex, reading, &c));
	for (int i = 0; i < k->threads; i++) {
		EXPECT_EQ(traffic_end(&traffic[i]), 0);
		sender_close(&traffic[i].sender);
	}
	for (int i = 0; i < k->threads; i++)
		EXPECT_EQ(reading_end(&reading[i]), 0);

	ASSERT_EQ(counts_read(ifindex, &c), 0);
	EXPECT_EQ(received(reading) + c.dropped + c.qdisc_dropped, FRAMES);
	EXPECT_EQ(c.waiting, 0);
	if (stops)
		EXPECT_EQ(c.dropped, 0);
	if (stops && k->limit)
		EXPECT_EQ(c.qdisc_dropped, 0);
}

TEST_F_TIMEOUT(stress, nothing_lost_nothing_stuck, LONGEST)
{
	const char *seconds = getenv("STRESS_SECONDS");
	const long long end = now_ms() + 1000LL * (seconds ? atoi(seconds) : SECONDS);
	unsigned int round = 0;

	while (now_ms() < end) {
		const struct kind *k = &kinds[round++ % ARRAY_SIZE(kinds)];

		memset(self->reading, 0, sizeof(self->reading));
		self->ifindex = open_device(k, self->fd);
		ASSERT_GT(self->ifindex, 0);
		play(_metadata, k, self->ifindex, self->fd, self->traffic, self->reading,
		     &self->seen);
		for (int i = 0; i < k->queues; i++)
			close(self->fd[i]);
		if (_metadata->exit_code)
			TH_LOG("in round %u, of kind %zu", round, k - kinds);
		ASSERT_EQ(_metadata->exit_code, KSFT_PASS);
	}
	TH_LOG("%u rounds of %u frames", round, FRAMES);
}

TEST_HARNESS_MAIN
