// SPDX-License-Identifier: GPL-2.0-only
/*
 * macvtap and ipvtap: a full ring drops what comes and counts it as dropped on
 * reception, whatever is done for tun and tap.  There is no queue to stop: what
 * the device itself transmits is not concerned.
 */
#include <arpa/inet.h>
#include <net/if.h>
#include <unistd.h>

#include "../../kselftest_harness.h"
#include "counts.h"
#include "frame.h"
#include "link.h"
#include "netns.h"
#include "qdisc.h"
#include "read.h"
#include "send.h"
#include "vtap_open.h"
#include "wait.h"

#define RING	64
#define FRAMES	96
#define ROUNDS	4
#define LIMIT	1000
#define ROOM	(16 << 20)
#define SECONDS	120

FIXTURE(vtap) {
	int peer;		/* of the device below */
	int ifindex;
	struct sender sender;	/* at the peer */
	struct reader reader;
};

FIXTURE_VARIANT(vtap) {
	const char *kind;
};

FIXTURE_VARIANT_ADD(vtap, macvtap) {
	.kind = "macvtap",
};

FIXTURE_VARIANT_ADD(vtap, ipvtap) {
	.kind = "ipvtap",
};

FIXTURE_SETUP(vtap)
{
	int lower;

	ASSERT_EQ(netns_enter(), 0);
	ASSERT_EQ(link_add_veth("peer", "lower"), 0);
	self->peer = if_nametoindex("peer");
	lower = if_nametoindex("lower");
	ASSERT_EQ(link_add_vtap("vtap", variant->kind, lower), 0);
	self->ifindex = if_nametoindex("vtap");
	ASSERT_EQ(link_add_address(self->ifindex, htonl(FRAME_DESTINATION)), 0);
	ASSERT_EQ(link_txqueuelen(self->ifindex, RING), 0);
	self->reader.tap = true;
	self->reader.fd = vtap_open("vtap");
	ASSERT_GE(self->reader.fd, 0);
	ASSERT_EQ(link_up(self->peer, true), 0);
	ASSERT_EQ(link_up(lower, true), 0);
	ASSERT_EQ(link_up(self->ifindex, true), 0);
	ASSERT_EQ(link_wait_running(self->peer), 0);
	ASSERT_EQ(link_wait_running(lower), 0);
	ASSERT_EQ(link_wait_running(self->ifindex), 0);
	ASSERT_EQ(sender_open(&self->sender, self->peer, true, 0, ROOM), 0);
}

FIXTURE_TEARDOWN(vtap)
{
	sender_close(&self->sender);
	close(self->reader.fd);
}

/* Wait until the peer has received @received, and the device dropped @dropped. */
static int wait_for(int peer, __u64 received, int ifindex, __u64 dropped)
{
	struct rtnl_link_stats64 at_peer, here;
	const long long since = now_ms();
	int err;

	do {
		err = link_stats(peer, &at_peer);
		if (!err)
			err = link_stats(ifindex, &here);
		if (err)
			return err;
		if (at_peer.rx_packets >= received && here.rx_dropped >= dropped)
			return at_peer.rx_packets > received || here.rx_dropped > dropped ?
			       -EOVERFLOW : 0;
	} while (wait_more(since));
	return -ETIMEDOUT;
}

TEST_F_TIMEOUT(vtap, drops_what_does_not_fit, SECONDS)
{
	for (int round = 1; round <= ROUNDS; round++) {
		ASSERT_EQ(sender_send_all(&self->sender, FRAMES), 0);
		ASSERT_EQ(wait_for(self->peer, 0, self->ifindex, round * (FRAMES - RING)), 0);
		while (self->reader.received < round * RING)
			ASSERT_EQ(reader_take(&self->reader), 1);
		ASSERT_EQ(reader_take(&self->reader), 0);
	}
}

/* With a ring that is full, and a qdisc that could keep packets. */
TEST_F_TIMEOUT(vtap, transmits_with_full_ring, SECONDS)
{
	struct sender sender;
	struct counts c;

	ASSERT_EQ(qdisc_replace(self->ifindex, "pfifo", LIMIT), 0);
	ASSERT_EQ(sender_send_all(&self->sender, FRAMES), 0);
	ASSERT_EQ(wait_for(self->peer, 0, self->ifindex, FRAMES - RING), 0);

	ASSERT_EQ(sender_open(&sender, self->ifindex, true, 0, ROOM), 0);
	ASSERT_EQ(sender_send_all(&sender, FRAMES), 0);
	ASSERT_EQ(wait_for(self->peer, FRAMES, self->ifindex, FRAMES - RING), 0);
	ASSERT_EQ(counts_read(self->ifindex, &c), 0);
	EXPECT_EQ(c.waiting, 0);
	EXPECT_EQ(c.dropped, 0);
	EXPECT_EQ(c.qdisc_dropped, 0);
	sender_close(&sender);

	while (self->reader.received < RING)
		ASSERT_EQ(reader_take(&self->reader), 1);
	ASSERT_EQ(reader_take(&self->reader), 0);
}

TEST_HARNESS_MAIN
