/* SPDX-License-Identifier: GPL-2.0-only */
/* A device of user space's.  0 or more, or a negative errno. */
#ifndef VFIO_DEVICE_OF_USER_H
#define VFIO_DEVICE_OF_USER_H

#include <stddef.h>
#include <linux/types.h>

#include "device.h"

enum vfio_way { VFIO_BY_GROUP, VFIO_BY_CDEV, VFIO_WITHOUT_IOMMU };

struct vfio {
	int fd;
	int other[2];		/* that it needs to stay open */
	void *bar;		/* what is mapped; or NULL */
	size_t len;
};

/* @d has vfio-pci as its driver. */
int vfio_open(struct vfio *v, const struct device *d, enum vfio_way way);
void vfio_close(struct vfio *v);

/*
 * Map a part of one BAR, in place of what was mapped: that, or MAP_FAILED.  A mapping
 * keeps the device open, so vfio_close() undoes it.
 */
void *vfio_mmap(struct vfio *v, int bar, size_t len);
void vfio_munmap(struct vfio *v);

int vfio_reset(const struct vfio *v);

/* Reset all that is on its bus, where @v has it all, by VFIO_BY_CDEV. */
int vfio_hot_reset(const struct vfio *v);

/* Let the kernel put it to sleep, or no longer. */
int vfio_low_power(const struct vfio *v, int on);

/* Its configuration space */
int vfio_config_read(const struct vfio *v, int at, void *data, int len);
int vfio_config_write(const struct vfio *v, int at, const void *data, int len);

/* The capability @id; 0 when there is none. */
int vfio_capability(const struct vfio *v, int id);

/* Have it respond to accesses to its memory, or not. */
int vfio_memory(const struct vfio *v, int on);

/* Set the power state, 0 to 3; -ENOTSUP when it has none. */
int vfio_power(const struct vfio *v, int state);

/* Reset the function by way of its PCIe capability; -ENOTSUP when it cannot. */
int vfio_flr(const struct vfio *v);

#endif
