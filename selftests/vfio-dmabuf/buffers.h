/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BUFFERS_H
#define BUFFERS_H

/* How many dma-bufs there are in all; -1 when the kernel does not say. */
int buffers_count(void);

#endif
