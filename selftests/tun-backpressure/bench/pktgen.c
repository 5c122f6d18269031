// SPDX-License-Identifier: GPL-2.0-only
/*
 * How many packets a tap device passes on, and how many are lost, when more are sent
 * than its reader takes: a program that reads the file, or a guest of vhost-net.
 */
#include <errno.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "../../../kselftest_harness.h"
#include "../counts.h"
#include "../guest.h"
#include "../link.h"
#include "../netns.h"
#include "../qdisc.h"
#include "../tap.h"
#include "../wait.h"
#include "figure.h"
#include "generator.h"
#include "pump.h"

#define WARM_UP_US	500000
#define MEASURE_US	3000000
#define SECONDS		120

/* What sends, what transmits and what takes it. */
struct line {
	struct generator generator;
	int ifindex;
	struct pump pump;
};

FIXTURE(pktgen) {
	struct line line;
	struct guest guest;
};

FIXTURE_VARIANT(pktgen) {
	const char *name;
	bool vhost;
	const char *qdisc;
	bool bypass;
};

FIXTURE_VARIANT_ADD(pktgen, tap_noqueue) {
	.name = "tap/noqueue",
	.qdisc = "noqueue",
};

FIXTURE_VARIANT_ADD(pktgen, tap_fq_codel) {
	.name = "tap/fq_codel",
	.qdisc = "fq_codel",
};

FIXTURE_VARIANT_ADD(pktgen, tap_fq_codel_bypassed) {
	.name = "tap/fq_codel-bypassed",
	.qdisc = "fq_codel",
	.bypass = true,
};

FIXTURE_VARIANT_ADD(pktgen, vhost_noqueue) {
	.name = "vhost/noqueue",
	.vhost = true,
	.qdisc = "noqueue",
};

FIXTURE_VARIANT_ADD(pktgen, vhost_fq_codel) {
	.name = "vhost/fq_codel",
	.vhost = true,
	.qdisc = "fq_codel",
};

FIXTURE_VARIANT_ADD(pktgen, vhost_fq_codel_bypassed) {
	.name = "vhost/fq_codel-bypassed",
	.vhost = true,
	.qdisc = "fq_codel",
	.bypass = true,
};

FIXTURE_SETUP(pktgen)
{
	ASSERT_EQ(netns_enter(), 0);
	self->line.pump.fd = tap_open("bench", IFF_TAP);
	ASSERT_GE(self->line.pump.fd, 0);
	self->line.ifindex = if_nametoindex("bench");
	ASSERT_EQ(qdisc_replace(self->line.ifindex, variant->qdisc, 0), 0);
	ASSERT_EQ(link_up(self->line.ifindex, true), 0);
	ASSERT_EQ(link_wait_running(self->line.ifindex), 0);
	self->line.pump.to = -1;
	if (variant->vhost) {
		ASSERT_EQ(guest_open(&self->guest), 0);
		self->line.pump.guest = &self->guest;
	}
	ASSERT_EQ(pump_start(&self->line.pump), 0);
	self->line.generator.device = "bench";
	self->line.generator.bypass = variant->bypass;
}

FIXTURE_TEARDOWN(pktgen)
{
	EXPECT_EQ(generator_close(), 0);
	EXPECT_EQ(pump_end(&self->line.pump), 0);
	if (variant->vhost)
		guest_close(&self->guest);
	close(self->line.pump.fd);
}

struct sample {
	double seconds;
	__u64 frames;
	struct counts counts;
};

static int take_sample(const struct line *l, struct sample *s)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	s->seconds = t.tv_sec + t.tv_nsec / 1e9;
	s->frames = l->pump.frames;
	return counts_read(l->ifindex, &s->counts);
}

static int known(const struct line *l, __u64 *n)
{
	struct sample s;
	int err = take_sample(l, &s);

	*n = s.frames + s.counts.dropped + s.counts.qdisc_dropped;
	return err;
}

/* Wait until each packet has come, or is counted as dropped. */
static int account_for_all(const struct line *l)
{
	long long since = now_ms();
	__u64 sent, last = 0, n;
	int err = generator_sent(&l->generator, &sent);

	while (!err) {
		err = known(l, &n);
		if (err || n == sent)
			return err;
		if (n != last)
			since = now_ms();
		last = n;
		if (!wait_more(since)) {
			ksft_print_msg("%llu packets were sent, %llu are known of\n", sent, n);
			return -ETIMEDOUT;
		}
	}
	return err;
}

static int measure(struct line *l, struct sample *from, struct sample *to)
{
	int err = generator_start(&l->generator);

	if (err)
		return err;
	usleep(WARM_UP_US);
	err = take_sample(l, from);
	usleep(MEASURE_US);
	if (!err)
		err = take_sample(l, to);
	return generator_stop(&l->generator) ?: err;
}

static void report(const char *name, const struct sample *from, const struct sample *to)
{
	const double seconds = to->seconds - from->seconds;
	const __u64 lost = to->counts.dropped - from->counts.dropped;
	const __u32 by_qdisc = to->counts.qdisc_dropped - from->counts.qdisc_dropped;

	figure(name, "transmitted", (to->frames - from->frames) / seconds, "pps");
	figure(name, "lost", lost / seconds, "pps");
	figure(name, "lost-by-qdisc", by_qdisc / seconds, "pps");
}

static int run(struct line *l, const char *what, unsigned int sessions)
{
	struct sample from, to;
	char name[64];
	int err;

	snprintf(name, sizeof(name), "pktgen-%u/%s", sessions, what);
	l->generator.sessions = sessions;
	err = generator_open(&l->generator);
	if (!err)
		err = measure(l, &from, &to);
	if (!err)
		err = account_for_all(l);
	if (!err)
		report(name, &from, &to);
	return err;
}

TEST_F_TIMEOUT(pktgen, one_session, SECONDS)
{
	ASSERT_EQ(run(&self->line, variant->name, 1), 0);
}

TEST_F_TIMEOUT(pktgen, four_sessions, SECONDS)
{
	ASSERT_EQ(run(&self->line, variant->name, 4), 0);
}

TEST_HARNESS_MAIN
