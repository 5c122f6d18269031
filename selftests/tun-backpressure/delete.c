// SPDX-License-Identifier: GPL-2.0-only
/*
 * A device that is deleted while it is sent to and read: who reads has the file of
 * a queue, and finds the device gone from one packet to the next.
 */
#include <errno.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <unistd.h>

#include "../../kselftest_harness.h"
#include "guest.h"
#include "link.h"
#include "netns.h"
#include "qdisc.h"
#include "reading.h"
#include "tap.h"
#include "traffic.h"
#include "wait.h"

#define RING	64
#define LIMIT	1000
#define ROUNDS	20
#define SENDERS	2
#define LITTLE	(64 << 10)
#define SECONDS	120

FIXTURE(deleted) {
	int fd;
	int ifindex;
	struct traffic traffic[SENDERS];
	struct reading reading;
	struct guest guest;
};

FIXTURE_SETUP(deleted)
{
	ASSERT_EQ(netns_enter(), 0);
}

FIXTURE_TEARDOWN(deleted)
{
}

/* A tap device, and threads that send to it. */
static int begin(int *fd, int *ifindex, struct traffic *traffic)
{
	int err;

	*fd = tap_open("deleted", IFF_TAP);
	if (*fd < 0)
		return *fd;
	*ifindex = if_nametoindex("deleted");
	err = link_txqueuelen(*ifindex, RING);
	if (!err)
		err = qdisc_replace(*ifindex, "pfifo", LIMIT);
	if (!err)
		err = link_up(*ifindex, true);
	for (int i = 0; !err && i < SENDERS; i++) {
		traffic[i] = (struct traffic){ .frames = -1, .streams = 1 };
		err = sender_open(&traffic[i].sender, *ifindex, true, 0, LITTLE);
		if (!err)
			err = traffic_start(&traffic[i]);
	}
	return err;
}

/* Whether all senders found the device gone. */
static bool end(struct traffic *traffic)
{
	bool gone = true;

	for (int i = 0; i < SENDERS; i++) {
		gone &= traffic_end(&traffic[i]) == -ENXIO;
		sender_close(&traffic[i].sender);
	}
	return gone;
}

TEST_F_TIMEOUT(deleted, while_read, SECONDS)
{
	for (int round = 0; round < ROUNDS; round++) {
		ASSERT_EQ(begin(&self->fd, &self->ifindex, self->traffic), 0);
		self->reading = (struct reading){ .fd = &self->fd, .tap = true };
		ASSERT_EQ(reading_start(&self->reading), 0);
		EXPECT_TRUE(reading_wait(&self->reading, RING + 1));
		ASSERT_EQ(link_delete(self->ifindex), 0);
		ASSERT_TRUE(end(self->traffic));
		ASSERT_EQ(reading_end(&self->reading), 0);
		close(self->fd);
	}
}

/* Take @n frames; false when none comes for a long time. */
static bool take_some(struct guest *g, int n)
{
	long long since = now_ms();
	__u32 stream, seq;
	int got;

	while (n) {
		got = guest_take(g, true, &stream, &seq);
		if (got < 0 || (got && guest_post(g, 1)) || (!got && !wait_more(since)))
			return false;
		if (got)
			since = now_ms();
		n -= got;
	}
	return true;
}

TEST_F_TIMEOUT(deleted, while_vhost_receives, SECONDS)
{
	for (int round = 0; round < ROUNDS; round++) {
		ASSERT_EQ(begin(&self->fd, &self->ifindex, self->traffic), 0);
		ASSERT_EQ(guest_open(&self->guest), 0);
		ASSERT_EQ(guest_post(&self->guest, GUEST_BUFFERS - 1), 0);
		ASSERT_EQ(guest_backend(&self->guest, self->fd), 0);
		EXPECT_TRUE(take_some(&self->guest, RING + 1));
		ASSERT_EQ(link_delete(self->ifindex), 0);
		ASSERT_TRUE(end(self->traffic));
		ASSERT_EQ(guest_backend(&self->guest, -1), 0);
		guest_close(&self->guest);
		close(self->fd);
	}
}

TEST_HARNESS_MAIN
