// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>
#include <string.h>

#include "frame.h"

#define MAGIC 0x74756e71

/* The discard service's port: no one answers, if anybody should listen. */
#define PORT 9

void frame_make(struct frame *f, __u32 stream, __u32 seq)
{
	const unsigned int udp_len = sizeof(f->udp) + sizeof(f->mark);

	*f = (struct frame){
		.eth = {
			.h_dest = { 0x02, 0, 0, 0, 0, 2 },
			.h_source = { 0x02, 0, 0, 0, 0, 1 },
			.h_proto = htons(ETH_P_IP),
		},
		.ip = {
			.version = 4,
			.ihl = 5,
			.tot_len = htons(sizeof(f->ip) + udp_len),
			.ttl = 64,
			.protocol = IPPROTO_UDP,
			.saddr = htonl(FRAME_SOURCE),
			.daddr = htonl(FRAME_DESTINATION),
		},
		.udp = {
			.source = htons(PORT),
			.dest = htons(1024 + stream),
			.len = htons(udp_len),
		},
		.mark = {
			.magic = htonl(MAGIC),
			.stream = htonl(stream),
			.seq = htonl(seq),
		},
	};
}

bool frame_read(const void *data, unsigned int len, bool tap, __u32 *stream, __u32 *seq)
{
	const unsigned int start = frame_start(tap);
	struct frame f;

	if (len != sizeof(f) - start)
		return false;
	memcpy((char *)&f + start, data, len);
	*stream = ntohl(f.mark.stream);
	*seq = ntohl(f.mark.seq);
	return f.mark.magic == htonl(MAGIC);
}
