/* SPDX-License-Identifier: GPL-2.0-only */
/* VFIO_DEVICE_FEATURE_DMA_BUF */
#ifndef EXPORT_H
#define EXPORT_H

#include <linux/types.h>
#include <linux/vfio.h>

#ifndef VFIO_DEVICE_FEATURE_DMA_BUF
#define VFIO_DEVICE_FEATURE_DMA_BUF 11

struct vfio_region_dma_range {
	__u64 offset;
	__u64 length;
};

struct vfio_device_feature_dma_buf {
	__u32 region_index;
	__u32 open_flags;
	__u32 flags;
	__u32 nr_ranges;
	struct vfio_region_dma_range dma_ranges[];
};
#endif

#define EXPORT_RANGES	512

/* What is asked of the device, from the outer structure on */
struct export {
	__u32 argsz;
	__u32 feature_flags;
	__u32 region_index;
	__u32 open_flags;
	__u32 flags;
	__u32 nr_ranges;
	struct vfio_region_dma_range range[EXPORT_RANGES];
};

/* One range of @bar; what more it shall be is the caller's to write there. */
struct export export_of(int bar, __u64 offset, __u64 length);

/* Ask for it: a file descriptor, or a negative errno. */
int export(int device, const struct export *e);

#endif
