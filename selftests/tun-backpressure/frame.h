/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the tests send: a UDP datagram that carries a magic number, a stream and
 * the number of the datagram in it, from 0.  The stream is in the destination
 * port, too, so that each is a flow of its own.
 */
#ifndef FRAME_H
#define FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/types.h>
#include <linux/udp.h>

#define FRAME_SOURCE		0xc0000201	/* 192.0.2.1 */
#define FRAME_DESTINATION	0xc0000202

struct mark {
	__be32 magic;
	__be32 stream;
	__be32 seq;
};

/* The padding aligns what follows, so that there is none between. */
struct frame {
	__u8 padding[2];
	struct ethhdr eth;
	struct iphdr ip;
	struct udphdr udp;
	struct mark mark;
};

void frame_make(struct frame *f, __u32 stream, __u32 seq);

/* Where the frame begins: a tun device has no Ethernet header. */
static inline unsigned int frame_start(bool tap)
{
	return tap ? offsetof(struct frame, eth) : offsetof(struct frame, ip);
}

/* What a frame that was read says; false when it is none of ours. */
bool frame_read(const void *data, unsigned int len, bool tap, __u32 *stream, __u32 *seq);

#endif
