// SPDX-License-Identifier: GPL-2.0-only
/*
 * vhost-net takes packets from the ring of a tun, tap or macvtap device in batches
 * of 64, and puts back what the guest did not get when its backend goes.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <unistd.h>

#include "../../kselftest_harness.h"
#include "collect.h"
#include "counts.h"
#include "expect.h"
#include "guest.h"
#include "link.h"
#include "netns.h"
#include "qdisc.h"
#include "take.h"
#include "tap.h"
#include "traffic.h"
#include "vtap_open.h"
#include "wait.h"

#define RING	256
#define FRAMES	384
#define BATCH	64	/* of vhost-net */
#define FEW	40	/* less than a batch */
#define SOME	10
#define CHANGES	50
#define SENDERS	2
#define LATER	1000	/* a stream that no thread sends */
#define LIMIT	1000
#define QUIET_MS	200
#define ROOM	(16 << 20)
#define LITTLE	(64 << 10)
#define SECONDS	120

FIXTURE(vhost) {
	int fd;
	int ifindex;
	int source;	/* the device to send from */
	struct sender sender;
	struct guest guest;
	__u32 waiting;	/* of FRAMES, when nobody reads */
};

FIXTURE_VARIANT(vhost) {
	bool tap;
	bool vtap;
	bool stops;
};

FIXTURE_VARIANT_ADD(vhost, tun) {
	.stops = BACKPRESSURE,
};

FIXTURE_VARIANT_ADD(vhost, tap) {
	.tap = true,
	.stops = BACKPRESSURE,
};

FIXTURE_VARIANT_ADD(vhost, macvtap) {
	.tap = true,
	.vtap = true,
};

static int open_vtap(int *fd, int *ifindex, int *source)
{
	int lower, err = link_add_veth("source", "lower");

	if (err)
		return err;
	*source = if_nametoindex("source");
	lower = if_nametoindex("lower");
	err = link_add_vtap("vhost", "macvtap", lower);
	if (err)
		return err;
	*ifindex = if_nametoindex("vhost");
	*fd = vtap_open("vhost");
	if (*fd < 0)
		return *fd;
	err = link_up(lower, true);
	return err ? err : link_up(*source, true);
}

static int open_tap(bool tap, int *fd, int *ifindex, int *source)
{
	*fd = tap_open("vhost", tap ? IFF_TAP : IFF_TUN);
	if (*fd < 0)
		return *fd;
	*ifindex = if_nametoindex("vhost");
	*source = *ifindex;
	return 0;
}

static int open_device(bool tap, bool vtap, int *fd, int *ifindex, int *source)
{
	return vtap ? open_vtap(fd, ifindex, source) : open_tap(tap, fd, ifindex, source);
}

FIXTURE_SETUP(vhost)
{
	ASSERT_EQ(netns_enter(), 0);
	ASSERT_EQ(open_device(variant->tap, variant->vtap, &self->fd, &self->ifindex,
			      &self->source), 0);
	ASSERT_EQ(link_txqueuelen(self->ifindex, RING), 0);
	ASSERT_EQ(qdisc_replace(self->ifindex, "pfifo", LIMIT), 0);
	ASSERT_EQ(link_up(self->ifindex, true), 0);
	ASSERT_EQ(link_wait_running(self->source), 0);
	ASSERT_EQ(link_wait_running(self->ifindex), 0);
	ASSERT_EQ(sender_open(&self->sender, self->source, variant->tap, 0, ROOM), 0);
	ASSERT_EQ(guest_open(&self->guest), 0);
	self->waiting = variant->stops ? FRAMES - RING : 0;
}

FIXTURE_TEARDOWN(vhost)
{
	guest_close(&self->guest);
	sender_close(&self->sender);
	close(self->fd);
}

/* What the device dropped for its full ring, on either side of it. */
static int dropped(int ifindex, __u64 *n)
{
	struct rtnl_link_stats64 stats;
	int err = link_stats(ifindex, &stats);

	*n = stats.tx_dropped + stats.rx_dropped;
	return err;
}

/* Send FRAMES; wait until the ring is full, and the device has the rest. */
static int fill(struct sender *s, int ifindex, __u32 waiting)
{
	const long long since = now_ms();
	__u64 n;
	int err = sender_send_all(s, FRAMES);

	while (!err) {
		err = dropped(ifindex, &n);
		if (n == FRAMES - RING - waiting)
			return err;
		if (!wait_more(since))
			return -ETIMEDOUT;
	}
	return err;
}

/* As guest_take(), and give the buffer back. */
static int take_and_post(struct guest *g, bool tap, __u32 *stream, __u32 *seq)
{
	int got = guest_take(g, tap, stream, seq);
	int err = got > 0 ? guest_post(g, 1) : 0;

	return err ? err : got;
}

/*
 * Wait for @n frames of stream @first and those above, from number @seq on.  With
 * @again the guest gives each buffer back.
 */
static int expect(struct guest *g, bool tap, __u32 first, __u32 seq, __u32 n, bool again)
{
	long long since = now_ms();
	__u32 stream, this;
	int got;

	while (n) {
		if (again)
			got = take_and_post(g, tap, &stream, &this);
		else
			got = guest_take(g, tap, &stream, &this);
		if (got < 0)
			return got;
		if (!got && !wait_more(since))
			return -ETIMEDOUT;
		if (!got || stream < first)
			continue;
		if (this != seq++)
			return -EILSEQ;
		n--;
		since = now_ms();
	}
	return 0;
}

/* Read @n frames from the file, the first of them @seq, and no more. */
static int expect_in_file(int fd, bool tap, __u32 seq, __u32 n)
{
	__u32 stream, this;

	while (n--) {
		if (!wait_readable(fd))
			return -ETIMEDOUT;
		if (take(fd, tap, &stream, &this) != 1 || this != seq++)
			return -EILSEQ;
	}
	return take(fd, tap, &stream, &this);
}

/* Wait until @n packets wait, after more did. */
static int waits_at_last(int ifindex, __u32 n)
{
	const long long since = now_ms();
	struct counts c;
	int err;

	do {
		err = counts_read(ifindex, &c);
	} while (!err && c.waiting > n && wait_more(since));
	if (err || c.waiting == n)
		return err;
	return c.waiting > n ? -ETIMEDOUT : -EOVERFLOW;
}

TEST_F_TIMEOUT(vhost, receives, SECONDS)
{
	ASSERT_EQ(fill(&self->sender, self->ifindex, self->waiting), 0);
	ASSERT_EQ(guest_post(&self->guest, GUEST_BUFFERS), 0);
	ASSERT_EQ(guest_backend(&self->guest, self->fd), 0);
	EXPECT_EQ(expect(&self->guest, variant->tap, 0, 0, RING + self->waiting, false), 0);
	ASSERT_EQ(sender_send_all(&self->sender, FEW), 0);
	EXPECT_EQ(expect(&self->guest, variant->tap, 0, FRAMES, FEW, false), 0);
}

/* A batch makes room, though the last packet of it alone would not. */
TEST_F_TIMEOUT(vhost, makes_room, SECONDS)
{
	const __u32 waiting = variant->stops ? self->waiting - BATCH : 0;
	__u32 stream, seq;

	ASSERT_EQ(fill(&self->sender, self->ifindex, self->waiting), 0);
	ASSERT_EQ(take(self->fd, variant->tap, &stream, &seq), 1);
	ASSERT_EQ(guest_post(&self->guest, 1), 0);
	ASSERT_EQ(guest_backend(&self->guest, self->fd), 0);
	EXPECT_EQ(expect(&self->guest, variant->tap, 0, 1, 1, false), 0);
	EXPECT_EQ(waits_at_last(self->ifindex, waiting), 0);
}

TEST_F_TIMEOUT(vhost, puts_back, SECONDS)
{
	ASSERT_EQ(sender_send_all(&self->sender, FEW), 0);
	ASSERT_EQ(guest_post(&self->guest, SOME), 0);
	ASSERT_EQ(guest_backend(&self->guest, self->fd), 0);
	EXPECT_EQ(expect(&self->guest, variant->tap, 0, 0, SOME, false), 0);
	ASSERT_EQ(guest_backend(&self->guest, -1), 0);
	EXPECT_EQ(expect_in_file(self->fd, variant->tap, SOME, FEW - SOME), 0);

	ASSERT_EQ(sender_send_all(&self->sender, FEW), 0);
	ASSERT_EQ(guest_post(&self->guest, FEW), 0);
	ASSERT_EQ(guest_backend(&self->guest, self->fd), 0);
	EXPECT_EQ(expect(&self->guest, variant->tap, 0, FEW, FEW, false), 0);
}

/*
 * Once a batch has made room, others take it.  What vhost-net cannot put back then
 * is lost, and nobody counts it.
 */
TEST_F_TIMEOUT(vhost, puts_back_into_full_ring, SECONDS)
{
	const __u32 waiting = variant->stops ? self->waiting - BATCH : 0;
	const __u32 left = variant->stops ? RING + waiting : RING - 1;

	ASSERT_EQ(fill(&self->sender, self->ifindex, self->waiting), 0);
	ASSERT_EQ(guest_post(&self->guest, 1), 0);
	ASSERT_EQ(guest_backend(&self->guest, self->fd), 0);
	EXPECT_EQ(expect(&self->guest, variant->tap, 0, 0, 1, false), 0);
	EXPECT_EQ(waits_at_last(self->ifindex, waiting), 0);
	ASSERT_EQ(guest_backend(&self->guest, -1), 0);
	EXPECT_EQ(collect(&self->fd, 1, variant->tap, 0, left, NULL), 0);
}

/* Take what comes, until @t is done and nothing has come for a while. */
static int pump(struct guest *g, bool tap, const struct traffic *t, int n)
{
	long long since = now_ms();
	__u32 stream, seq;
	int got;

	for (;;) {
		got = take_and_post(g, tap, &stream, &seq);
		if (got < 0)
			return got;
		if (got) {
			since = now_ms();
			continue;
		}
		for (int i = 0; i < n; i++)
			if (!t[i].done)
				since = now_ms();
		if (now_ms() - since > QUIET_MS)
			return 0;
		usleep(1000);
	}
}

/* Wait for @n frames, whichever. */
static int take_some(struct guest *g, bool tap, int n)
{
	long long since = now_ms();
	__u32 stream, seq;
	int got;

	while (n) {
		got = take_and_post(g, tap, &stream, &seq);
		if (got < 0)
			return got;
		if (!got && !wait_more(since))
			return -ETIMEDOUT;
		if (!got)
			continue;
		n--;
		since = now_ms();
	}
	return 0;
}

/* Each time more arrives than may have been in the ring. */
TEST_F_TIMEOUT(vhost, changes_under_traffic, SECONDS)
{
	struct traffic traffic[SENDERS] = { 0 };
	__u64 before, after;

	for (int i = 0; i < SENDERS; i++) {
		traffic[i].frames = -1;
		traffic[i].streams = 1;
		ASSERT_EQ(sender_open(&traffic[i].sender, self->source, variant->tap, 0, LITTLE),
			  0);
		ASSERT_EQ(traffic_start(&traffic[i]), 0);
	}
	ASSERT_EQ(guest_post(&self->guest, GUEST_BUFFERS - 1), 0);
	for (int change = 0; change < CHANGES; change++) {
		ASSERT_EQ(guest_backend(&self->guest, -1), 0);
		ASSERT_EQ(guest_backend(&self->guest, self->fd), 0);
		ASSERT_EQ(take_some(&self->guest, variant->tap, RING + 1), 0);
	}
	for (int i = 0; i < SENDERS; i++)
		traffic[i].stop = true;
	EXPECT_EQ(pump(&self->guest, variant->tap, traffic, SENDERS), 0);
	for (int i = 0; i < SENDERS; i++) {
		EXPECT_EQ(traffic_end(&traffic[i]), 0);
		sender_close(&traffic[i].sender);
	}

	ASSERT_EQ(dropped(self->ifindex, &before), 0);
	self->sender.stream = LATER;
	ASSERT_EQ(sender_send_all(&self->sender, FEW), 0);
	EXPECT_EQ(expect(&self->guest, variant->tap, LATER, 0, FEW, true), 0);
	ASSERT_EQ(dropped(self->ifindex, &after), 0);
	EXPECT_EQ(after, before);
}

TEST_HARNESS_MAIN
