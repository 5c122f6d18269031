/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _LINUX_RING_H
#define _LINUX_RING_H

struct ring {
	int size;
	int used;
};

int ring_put(struct ring *r);

static inline int ring_full(const struct ring *r)
{
	return r->used == r->size;
}

#endif
