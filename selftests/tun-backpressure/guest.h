/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A guest of vhost-net that only receives: one split virtqueue, and a buffer for
 * each of its descriptors.
 */
#ifndef GUEST_H
#define GUEST_H

#include <stdbool.h>
#include <linux/types.h>
#include <linux/virtio_ring.h>

#define GUEST_BUFFERS	512

struct guest {
	int vhost;
	int kick;
	int call;
	void *memory;
	struct vring vring;
	char *buffers;
	__u16 posted;	/* so far */
	__u16 used;
};

int guest_open(struct guest *g);
void guest_close(struct guest *g);

/* Receive from the file @fd from now on; from none when it is -1. */
int guest_backend(struct guest *g, int fd);

/* Give @n buffers more to the device. */
int guest_post(struct guest *g, unsigned int n);

/*
 * The next frame that the device has put into a buffer: 1, or 0 when there is none.
 * @data stays until its buffer is posted again.
 */
int guest_receive(struct guest *g, const void **data, unsigned int *len);

/* As take(), from a buffer that the device has used. */
int guest_take(struct guest *g, bool tap, __u32 *stream, __u32 *seq);

#endif
