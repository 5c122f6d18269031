/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A packet socket bound to a device.  What it sends goes through the device's
 * qdisc.
 */
#ifndef SEND_H
#define SEND_H

#include <stdbool.h>
#include <linux/types.h>

struct sender {
	int fd;
	bool tap;
	__u32 stream;
	__u32 seq;	/* sent so far */
};

/*
 * A packet that waits in a qdisc is charged to its socket, so @room, in bytes,
 * says how many of them may wait.
 */
int sender_open(struct sender *s, int ifindex, bool tap, __u32 stream, int room);

/* Send past the qdisc, to the device itself. */
int sender_bypass(struct sender *s);

/*
 * Send the next frame.  -ENOBUFS when a qdisc or the device has dropped it, -EAGAIN
 * when there is no room for a long time.
 */
int sender_try(struct sender *s);

/* The same, but one that was dropped has been sent, too. */
int sender_send(struct sender *s);

int sender_send_all(struct sender *s, unsigned int n);

/* Bytes that are charged to the socket for packets that wait. */
int sender_charged(struct sender *s);

/* Forget the error that a device leaves when it goes down. */
int sender_forget(struct sender *s);

void sender_close(struct sender *s);

#endif
