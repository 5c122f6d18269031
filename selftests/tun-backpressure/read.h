/* SPDX-License-Identifier: GPL-2.0-only */
/* Read one stream of frames from a queue. */
#ifndef READ_H
#define READ_H

#include <stdbool.h>
#include <linux/types.h>

#include "counts.h"

struct reader {
	int fd;
	bool tap;
	__u32 next;	/* no frame before this one may come */
	__u32 received;
};

/* As take(); -EILSEQ for a frame that came late or twice. */
int reader_take(struct reader *r);

/*
 * Read until each of the frames @sent to the device is received, or counted as
 * dropped; @c is what is counted at the end.  -ETIMEDOUT when nothing moves any
 * more, -EOVERFLOW when more are accounted for than were sent.
 */
int reader_drain(struct reader *r, int ifindex, __u32 sent, struct counts *c);

#endif
