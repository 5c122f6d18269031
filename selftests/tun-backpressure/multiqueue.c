// SPDX-License-Identifier: GPL-2.0-only
/*
 * Queues that leave a device and join it again.  A transmit queue that was
 * stopped for the ring of one file serves another file then, and has to run.  One
 * that is stopped for the file that has it is not woken for another one.
 */
#include <errno.h>
#include <unistd.h>

#include "../../kselftest_harness.h"
#include "collect.h"
#include "counts.h"
#include "expect.h"
#include "guest.h"
#include "link.h"
#include "netns.h"
#include "queues.h"
#include "reading.h"
#include "take.h"
#include "traffic.h"
#include "wait.h"

#define RING	64
#define FRAMES	96
#define BATCH	32	/* at most so many slots of a ring are read but not free */
#define STREAMS	64	/* none of three queues is without one of so many */
#define CHANGES	40
#define ENOUGH_MS	40000	/* then fewer will do: KASAN and lockdep make one take seconds */
#define SENDERS	4
#define ROOM	(16 << 20)
#define LITTLE	(64 << 10)
#define SECONDS	120

/* Where the frames are that a queue was filled with. */
struct filled {
	__u32 ring;
	__u32 waiting;
	__u32 dropped;
};

struct crowd {
	struct queues q;
	struct sender sender;
	__u32 first;		/* stream */
	int from[STREAMS];	/* which queue each stream goes to */
	struct filled filled[QUEUES];
};

FIXTURE(queues) {
	struct crowd c;
};

FIXTURE_VARIANT(queues) {
	bool tap;
	bool closes;
};

FIXTURE_VARIANT_ADD(queues, tun_detach) {
};

FIXTURE_VARIANT_ADD(queues, tap_detach) {
	.tap = true,
};

FIXTURE_VARIANT_ADD(queues, tun_close) {
	.closes = true,
};

FIXTURE_VARIANT_ADD(queues, tap_close) {
	.tap = true,
	.closes = true,
};

FIXTURE_SETUP(queues)
{
	self->c.q = (struct queues){
		.name = "queues",
		.tap = variant->tap,
		.closes = variant->closes,
	};
	ASSERT_EQ(netns_enter(), 0);
	ASSERT_EQ(queues_open(&self->c.q, RING), 0);
	ASSERT_EQ(sender_open(&self->c.sender, self->c.q.ifindex, variant->tap, 0, ROOM), 0);
}

FIXTURE_TEARDOWN(queues)
{
	sender_close(&self->c.sender);
	queues_close(&self->c.q);
}

/*
 * Send one frame of each of new streams; all arrive, some at each queue that is
 * attached.
 */
static int spread(struct crowd *c)
{
	int err = 0;

	c->first += STREAMS;
	for (__u32 i = 0; !err && i < STREAMS; i++) {
		c->sender.stream = c->first + i;
		err = sender_send(&c->sender);
	}
	return err ? err : collect(c->q.fd, QUEUES, c->q.tap, c->first, STREAMS, c->from);
}

static int streams_of(const struct crowd *c, int i)
{
	int n = 0;

	for (int stream = 0; stream < STREAMS; stream++)
		n += c->from[stream] == i;
	return n;
}

static int send_to(struct crowd *c, int i, unsigned int n)
{
	int stream = 0;

	while (c->from[stream] != i)
		stream++;
	c->sender.stream = c->first + stream;
	return sender_send_all(&c->sender, n);
}

/* Send more frames to queue @i than its ring takes, and see where they are. */
static int send_too_many(struct crowd *c, int i)
{
	struct counts before, after;
	int err = counts_read(c->q.ifindex, &before);

	if (!err)
		err = send_to(c, i, FRAMES);
	if (!err)
		err = counts_read(c->q.ifindex, &after);
	if (err)
		return err;
	c->filled[i].waiting = after.waiting - before.waiting;
	c->filled[i].dropped = after.dropped - before.dropped;
	c->filled[i].ring = FRAMES - c->filled[i].waiting - c->filled[i].dropped;
	return 0;
}

/* The same, and what does not fit in the ring waits, or is lost. */
static int fill(struct crowd *c, int i)
{
	const struct filled *f = &c->filled[i];
	int err = send_too_many(c, i);

	if (err)
		return err;
	if (f->ring > RING || f->ring <= RING - BATCH)
		return -ERANGE;
	return (BACKPRESSURE ? f->dropped : f->waiting) ? -EPROTO : 0;
}

static int collect_all(struct crowd *c, __u32 n)
{
	return collect(c->q.fd, QUEUES, c->q.tap, c->first, n, NULL);
}

/* Every queue gets streams, is filled, and runs again when it is read. */
static int all_work(struct crowd *c)
{
	int err = spread(c);

	for (int i = 0; !err && i < QUEUES; i++) {
		if (!streams_of(c, i))
			return -ENOLINK;
		err = fill(c, i);
		if (!err)
			err = collect_all(c, FRAMES - c->filled[i].dropped);
	}
	return err;
}

TEST_F_TIMEOUT(queues, all_work, SECONDS)
{
	EXPECT_EQ(all_work(&self->c), 0);
}

/* What waits at the place of a full queue goes to the empty one that moves there. */
TEST_F_TIMEOUT(queues, empty_moves_to_stopped, SECONDS)
{
	ASSERT_EQ(spread(&self->c), 0);
	ASSERT_EQ(fill(&self->c, 0), 0);
	ASSERT_EQ(queues_leave(&self->c.q, 0), 0);
	ASSERT_EQ(collect_all(&self->c, self->c.filled[0].waiting), 0);
	ASSERT_EQ(spread(&self->c), 0);
	ASSERT_EQ(streams_of(&self->c, 0), 0);
	ASSERT_EQ(queues_join(&self->c.q, 0), 0);
	EXPECT_EQ(all_work(&self->c), 0);
}

/* What waits at the last place goes with that place, and it is stopped. */
TEST_F_TIMEOUT(queues, full_moves, SECONDS)
{
	ASSERT_EQ(spread(&self->c), 0);
	ASSERT_EQ(fill(&self->c, 2), 0);
	ASSERT_EQ(queues_leave(&self->c.q, 0), 0);
	ASSERT_EQ(collect_all(&self->c, self->c.filled[2].ring), 0);
	ASSERT_EQ(spread(&self->c), 0);
	ASSERT_EQ(queues_join(&self->c.q, 0), 0);
	EXPECT_EQ(all_work(&self->c), 0);
}

TEST_F_TIMEOUT(queues, full_moves_to_stopped, SECONDS)
{
	const struct filled *f = self->c.filled;
	__u32 left;

	ASSERT_EQ(spread(&self->c), 0);
	for (int i = 0; i < QUEUES; i++)
		ASSERT_EQ(fill(&self->c, i), 0);
	ASSERT_EQ(queues_leave(&self->c.q, 0), 0);
	left = f[0].waiting + f[1].ring + f[1].waiting + f[2].ring;
	ASSERT_EQ(collect_all(&self->c, left), 0);
	ASSERT_EQ(spread(&self->c), 0);
	ASSERT_EQ(queues_join(&self->c.q, 0), 0);
	EXPECT_EQ(all_work(&self->c), 0);
}

TEST_F_TIMEOUT(queues, last_leaves_stopped, SECONDS)
{
	ASSERT_EQ(spread(&self->c), 0);
	ASSERT_EQ(fill(&self->c, 2), 0);
	ASSERT_EQ(queues_leave(&self->c.q, 2), 0);
	ASSERT_EQ(queues_join(&self->c.q, 2), 0);
	EXPECT_EQ(all_work(&self->c), 0);
}

/* Have vhost-net take all that is in a ring, of which the guest gets one frame. */
static int take_by_guest(struct guest *g, const struct queues *q, int i)
{
	const long long since = now_ms();
	__u32 stream, seq;
	int got = 0, err;

	err = guest_post(g, 1);
	if (!err)
		err = guest_backend(g, q->fd[i]);
	while (!err && !got && wait_more(since))
		got = guest_take(g, q->tap, &stream, &seq);
	if (err || got < 0)
		return err ? err : got;
	return got ? 0 : -ETIMEDOUT;
}

/*
 * A file that was detached still has what vhost-net puts back.  Who reads that makes
 * no room for the queue that has its place.
 */
TEST_F_TIMEOUT(queues, detached_file_wakes_nobody, SECONDS)
{
	struct counts before, after;
	struct guest guest;
	__u32 stream, seq;

	self->c.q.closes = false;
	ASSERT_EQ(guest_open(&guest), 0);
	ASSERT_EQ(spread(&self->c), 0);
	ASSERT_EQ(send_to(&self->c, 0, BATCH), 0);
	ASSERT_EQ(take_by_guest(&guest, &self->c.q, 0), 0);
	ASSERT_EQ(queues_leave(&self->c.q, 0), 0);
	ASSERT_EQ(spread(&self->c), 0);
	ASSERT_EQ(fill(&self->c, 2), 0);
	ASSERT_EQ(guest_backend(&guest, -1), 0);
	ASSERT_EQ(counts_read(self->c.q.ifindex, &before), 0);
	for (int i = 1; i < BATCH; i++)
		ASSERT_EQ(take(self->c.q.fd[0], variant->tap, &stream, &seq), 1);
	ASSERT_EQ(take(self->c.q.fd[0], variant->tap, &stream, &seq), 0);
	usleep(10000);
	ASSERT_EQ(counts_read(self->c.q.ifindex, &after), 0);
	EXPECT_EQ(after.requeued, before.requeued);
	guest_close(&guest);
}

static int start(const struct crowd *c, struct traffic *traffic, struct reading *reading)
{
	int err = 0;

	for (int i = 0; !err && i < QUEUES; i++) {
		reading[i].fd = &c->q.fd[i];
		reading[i].tap = c->q.tap;
		err = reading_start(&reading[i]);
	}
	for (int i = 0; !err && i < SENDERS; i++) {
		traffic[i].frames = -1;
		traffic[i].streams = STREAMS;
		err = sender_open(&traffic[i].sender, c->q.ifindex, c->q.tap, 0, LITTLE);
		if (!err)
			err = traffic_start(&traffic[i]);
	}
	return err;
}

static int end(struct traffic *traffic, struct reading *reading)
{
	int err = 0;

	for (int i = 0; !err && i < SENDERS; i++) {
		traffic[i].stop = true;
		err = traffic_end(&traffic[i]);
		if (!err && !traffic[i].sender.seq)
			err = -ENODATA;
		sender_close(&traffic[i].sender);
	}
	for (int i = 0; !err && i < QUEUES; i++)
		err = reading_end(&reading[i]);
	return err;
}

/* A file that is detached is read all the time; the number of a closed one is not. */
static int leave_and_join(struct queues *q, int i, struct reading *reading)
{
	int err;

	if (q->closes)
		reading_pause(reading);
	err = queues_leave(q, i);
	if (!err)
		err = queues_join(q, i);
	if (q->closes)
		reading_go_on(reading);
	return err;
}

static int resize_and_go_down(const struct queues *q, int change)
{
	static const __u32 sizes[] = { RING, 1, 16 };
	int err = link_txqueuelen(q->ifindex, 0);

	if (!err)
		err = link_txqueuelen(q->ifindex, sizes[change % ARRAY_SIZE(sizes)]);
	if (!err)
		err = link_up(q->ifindex, false);
	return err ? err : link_up(q->ifindex, true);
}

/* More arrives at each queue than its ring may have from before. */
static bool all_run(const struct reading *reading)
{
	for (int i = 0; i < QUEUES; i++)
		if (!reading_wait(&reading[i], RING + 1))
			return false;
	return true;
}

/* Each queue is changed, however slow that is; then there are as many as time allows. */
static bool goes_on(int change, long long since)
{
	return change < QUEUES || (change < CHANGES && now_ms() - since < ENOUGH_MS);
}

/* Queues leave and join while each of them is read and sent to. */
TEST_F_TIMEOUT(queues, change_under_traffic, SECONDS)
{
	struct traffic traffic[SENDERS] = { 0 };
	struct reading reading[QUEUES] = { 0 };
	const long long since = now_ms();

	ASSERT_EQ(start(&self->c, traffic, reading), 0);
	for (int change = 0; goes_on(change, since); change++) {
		int i = change % QUEUES;

		ASSERT_EQ(leave_and_join(&self->c.q, i, &reading[i]), 0);
		ASSERT_TRUE(all_run(reading));
	}
	EXPECT_EQ(end(traffic, reading), 0);
	EXPECT_EQ(all_work(&self->c), 0);
}

/* The same, with rings that are resized, 0 included, and a device that is set down. */
TEST_F_TIMEOUT(queues, all_changes_under_traffic, SECONDS)
{
	struct traffic traffic[SENDERS] = { 0 };
	struct reading reading[QUEUES] = { 0 };
	const long long since = now_ms();

	ASSERT_EQ(start(&self->c, traffic, reading), 0);
	for (int change = 0; goes_on(change, since); change++) {
		int i = change % QUEUES;

		ASSERT_EQ(leave_and_join(&self->c.q, i, &reading[i]), 0);
		ASSERT_EQ(resize_and_go_down(&self->c.q, change), 0);
		ASSERT_TRUE(all_run(reading));
	}
	ASSERT_EQ(link_txqueuelen(self->c.q.ifindex, RING), 0);
	EXPECT_EQ(end(traffic, reading), 0);
	ASSERT_EQ(sender_forget(&self->c.sender), 0);
	EXPECT_EQ(all_work(&self->c), 0);
}

TEST_HARNESS_MAIN
