/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef INJECT_H
#define INJECT_H

#include <linux/types.h>

/*
 * Have @n frames of @stream transmitted by a tap device as XDP frames, which go
 * into the ring past its qdisc.
 */
int inject(int ifindex, __u32 stream, unsigned int n);

#endif
