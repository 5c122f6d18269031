/* SPDX-License-Identifier: GPL-2.0-only */
/* Which frames have come, of several senders and to several readers. */
#ifndef SEEN_H
#define SEEN_H

#include <stdatomic.h>
#include <linux/types.h>

#define SEEN_SENDERS	4
#define SEEN_STREAMS	16	/* of a sender, each its own */
#define SEEN_FRAMES	8000	/* of a sender, numbered from 0 whatever the stream */

struct seen {
	atomic_flag frame[SEEN_SENDERS][SEEN_FRAMES];
};

/* 0; -EILSEQ when the frame was there before, -EBADMSG for one that nobody sends. */
int seen_add(struct seen *s, __u32 stream, __u32 seq);

#endif
