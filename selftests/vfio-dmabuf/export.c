// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/ioctl.h>

#include "export.h"

_Static_assert(offsetof(struct export, region_index) == sizeof(struct vfio_device_feature),
	       "the feature's data follow the header");
_Static_assert(offsetof(struct export, range) - offsetof(struct export, region_index) ==
	       offsetof(struct vfio_device_feature_dma_buf, dma_ranges),
	       "the ranges stand where the kernel has them");

struct export export_of(int bar, __u64 offset, __u64 length)
{
	return (struct export){
		.argsz = sizeof(struct export),
		.feature_flags = VFIO_DEVICE_FEATURE_GET | VFIO_DEVICE_FEATURE_DMA_BUF,
		.region_index = bar,
		.open_flags = O_RDWR | O_CLOEXEC,
		.nr_ranges = 1,
		.range = { { offset, length } },
	};
}

int export(int device, const struct export *e)
{
	int ret = ioctl(device, VFIO_DEVICE_FEATURE, e);

	return ret < 0 ? -errno : ret;
}
