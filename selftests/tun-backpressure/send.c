// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>
#include <errno.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <linux/if_packet.h>
#include <linux/sockios.h>

#include "frame.h"
#include "send.h"
#include "wait.h"

static int set_up(int fd, int ifindex, int room)
{
	struct timeval patience = { .tv_sec = STALL_MS / 1000 };
	struct sockaddr_ll to = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_IP),
		.sll_ifindex = ifindex,
	};

	if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &room, sizeof(room)) ||
	    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience)) ||
	    bind(fd, (struct sockaddr *)&to, sizeof(to)))
		return -errno;
	return 0;
}

int sender_open(struct sender *s, int ifindex, bool tap, __u32 stream, int room)
{
	int err;

	*s = (struct sender){ .tap = tap, .stream = stream };
	s->fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (s->fd < 0)
		return -errno;
	err = set_up(s->fd, ifindex, room);
	if (err)
		close(s->fd);
	return err;
}

int sender_bypass(struct sender *s)
{
	int on = 1;

	return setsockopt(s->fd, SOL_PACKET, PACKET_QDISC_BYPASS, &on, sizeof(on)) ? -errno : 0;
}

int sender_try(struct sender *s)
{
	const unsigned int start = frame_start(s->tap);
	struct frame f;

	frame_make(&f, s->stream, s->seq);
	if (send(s->fd, (char *)&f + start, sizeof(f) - start, 0) < 0)
		return -errno;
	s->seq++;
	return 0;
}

int sender_send(struct sender *s)
{
	int err = sender_try(s);

	if (err != -ENOBUFS)
		return err;
	s->seq++;
	return 0;
}

int sender_send_all(struct sender *s, unsigned int n)
{
	int err = 0;

	while (!err && n--)
		err = sender_send(s);
	return err;
}

int sender_charged(struct sender *s)
{
	int bytes;

	return ioctl(s->fd, SIOCOUTQ, &bytes) ? -errno : bytes;
}

int sender_forget(struct sender *s)
{
	socklen_t len = sizeof(int);
	int error;

	return getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &error, &len) ? -errno : 0;
}

void sender_close(struct sender *s)
{
	close(s->fd);
}
