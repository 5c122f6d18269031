/* SPDX-License-Identifier: GPL-2.0-only */
/* A device that exports, in the hands of user space, and one that imports. */
#ifndef SCENE_H
#define SCENE_H

#include <stdbool.h>

#include "export.h"
#include "importer.h"
#include "vfio.h"

#define PAGE	4096

struct scene {
	struct device dev;
	struct device edu;
	struct vfio vfio;
	int bar;
	__u64 start;		/* of the BAR */
	__u64 len;
	int importer;
	bool without_iommu;
};

/* Which device exports, and how it is opened */
struct scene_kind {
	unsigned int vendor;
	unsigned int id;
	int bar;
	enum vfio_way way;
	int nr;			/* of several such */
};

/* 0, or a negative errno: -ENODEV when the machine has no such devices or IOMMU. */
int scene_begin(struct scene *s, const struct scene_kind *kind);
void scene_end(struct scene *s);

/* Whether what is read from that BAR is what was written there. */
bool scene_has_bytes(const struct scene_kind *kind);

/* Have all of @len bytes from @offset of the BAR as a dma-buf: its file. */
int scene_export(const struct scene *s, __u64 offset, __u64 len);

/* The same, with the importer attached to it, and mapped. */
int scene_import(const struct scene *s, __u64 offset, __u64 len, __u32 flags);

#endif
