/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TAKE_H
#define TAKE_H

#include <stdbool.h>
#include <linux/types.h>

/*
 * Read one frame from a queue: 1, or 0 when there is none, or the queue is
 * detached.  -EBADMSG for a frame that no test sent.
 */
int take(int fd, bool tap, __u32 *stream, __u32 *seq);

#endif
