/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COLLECT_H
#define COLLECT_H

#include <stdbool.h>
#include <linux/types.h>

/*
 * Read from @nfds queues, of which those below 0 are closed, until @n frames of
 * stream @first and those above have come, and see that there are no more.
 * @from[i] is the queue from which one of stream @first + i was read, when @from
 * is not NULL.  -ETIMEDOUT when too few come, -EOVERFLOW when too many do.
 */
int collect(const int *fd, int nfds, bool tap, __u32 first, __u32 n, int *from);

#endif
