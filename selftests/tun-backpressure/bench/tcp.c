// SPDX-License-Identifier: GPL-2.0-only
/*
 * What TCP achieves from one network namespace to another.  Each has a tap device,
 * and this program passes on what they transmit; with vhost, a guest of vhost-net
 * takes the data.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "../../../kselftest_harness.h"
#include "../guest.h"
#include "../link.h"
#include "../netns.h"
#include "../qdisc.h"
#include "../tap.h"
#include "../wait.h"
#include "figure.h"
#include "pump.h"

#define DEVICE		"bench"
#define SENDER		0xc0000201	/* 192.0.2.1 */
#define RECEIVER	0xc0000202
#define PORT		5001
#define CHUNK		65536
#define WARM_UP_MS	1000
#define MEASURE_MS	4000
#define SECONDS		120

FIXTURE(tcp) {
	struct guest guest;
	struct pump data;
	struct pump acks;
	int listener;
	int from;
	int to;
	pthread_t sender;
};

FIXTURE_VARIANT(tcp) {
	bool vhost;
	const char *qdisc;
};

FIXTURE_VARIANT_ADD(tcp, tap_noqueue) {
	.qdisc = "noqueue",
};

FIXTURE_VARIANT_ADD(tcp, tap_fq_codel) {
	.qdisc = "fq_codel",
};

FIXTURE_VARIANT_ADD(tcp, vhost_noqueue) {
	.vhost = true,
	.qdisc = "noqueue",
};

FIXTURE_VARIANT_ADD(tcp, vhost_fq_codel) {
	.vhost = true,
	.qdisc = "fq_codel",
};

/* A namespace of its own with a tap device in it; the device's file. */
static int open_side(__u32 address, const char *qdisc)
{
	int err = netns_enter();
	int fd, ifindex;

	if (err)
		return err;
	fd = tap_open(DEVICE, IFF_TAP);
	if (fd < 0)
		return fd;
	ifindex = if_nametoindex(DEVICE);
	err = qdisc_replace(ifindex, qdisc, 0);
	if (!err)
		err = link_add_address(ifindex, htonl(address));
	if (!err)
		err = link_up(ifindex, true);
	if (!err)
		err = link_wait_running(ifindex);
	return err ? err : fd;
}

/* A socket of the namespace that we are in.  There are no routes but its device. */
static int open_socket(void)
{
	const struct timeval patience = { .tv_sec = STALL_MS / 1000 };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -errno;
	if (setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, DEVICE, strlen(DEVICE)) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) ||
	    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience)))
		return -errno;
	return fd;
}

FIXTURE_SETUP(tcp)
{
	struct sockaddr_in at = {
		.sin_family = AF_INET,
		.sin_port = htons(PORT),
		.sin_addr.s_addr = htonl(RECEIVER),
	};

	self->data.fd = open_side(SENDER, variant->qdisc);
	ASSERT_GE(self->data.fd, 0);
	self->from = open_socket();
	ASSERT_GE(self->from, 0);
	self->acks.fd = open_side(RECEIVER, variant->qdisc);
	ASSERT_GE(self->acks.fd, 0);
	self->listener = open_socket();
	ASSERT_GE(self->listener, 0);
	self->data.to = self->acks.fd;
	self->acks.to = self->data.fd;
	if (variant->vhost) {
		ASSERT_EQ(guest_open(&self->guest), 0);
		self->data.guest = &self->guest;
	}
	ASSERT_EQ(pump_start(&self->data), 0);
	ASSERT_EQ(pump_start(&self->acks), 0);
	ASSERT_EQ(bind(self->listener, (struct sockaddr *)&at, sizeof(at)), 0);
	ASSERT_EQ(listen(self->listener, 1), 0);
	ASSERT_EQ(connect(self->from, (struct sockaddr *)&at, sizeof(at)), 0);
	self->to = accept(self->listener, NULL, NULL);
	ASSERT_GE(self->to, 0);
}

FIXTURE_TEARDOWN(tcp)
{
	close(self->to);
	close(self->from);
	close(self->listener);
	EXPECT_EQ(pump_end(&self->data), 0);
	EXPECT_EQ(pump_end(&self->acks), 0);
	if (variant->vhost)
		guest_close(&self->guest);
	close(self->data.fd);
	close(self->acks.fd);
}

/* Until the socket is shut down. */
static void *send_all(void *data)
{
	static const char chunk[CHUNK];
	const int *fd = data;

	while (send(*fd, chunk, sizeof(chunk), MSG_NOSIGNAL) > 0)
		;
	return NULL;
}

/* Receive for some time; the bytes, or -errno. */
static long long receive(int fd, long long ms)
{
	static char chunk[CHUNK];
	const long long begin = now_ms();
	long long bytes = 0;
	ssize_t n;

	while (now_ms() - begin < ms) {
		n = recv(fd, chunk, sizeof(chunk), 0);
		if (n <= 0)
			return n ? -errno : -EPIPE;
		bytes += n;
	}
	return bytes;
}

TEST_F_TIMEOUT(tcp, throughput, SECONDS)
{
	long long begin, bytes;
	char name[64];
	double seconds;

	ASSERT_EQ(pthread_create(&self->sender, NULL, send_all, &self->from), 0);
	ASSERT_GT(receive(self->to, WARM_UP_MS), 0);
	begin = now_ms();
	bytes = receive(self->to, MEASURE_MS);
	seconds = (now_ms() - begin) / 1000.0;
	ASSERT_GT(bytes, 0);
	ASSERT_EQ(shutdown(self->from, SHUT_RDWR), 0);
	ASSERT_EQ(pthread_join(self->sender, NULL), 0);
	snprintf(name, sizeof(name), "tcp/%s/%s", variant->vhost ? "vhost" : "tap",
		 variant->qdisc);
	figure(name, "received", bytes * 8 / seconds / 1e6, "Mbit/s");
}

TEST_HARNESS_MAIN
