/* SPDX-License-Identifier: GPL-2.0-only */
/* The variants of a test's fixture: each device by each outage that it knows. */
#ifndef OUTAGES_H
#define OUTAGES_H

#include "outage.h"
#include "scene.h"

#define OUTAGE_VARIANT(fixture)						\
FIXTURE_VARIANT(fixture) {						\
	struct scene_kind kind;						\
	const struct outage *outage;					\
}

#define OUTAGES(fixture)						\
FIXTURE_VARIANT_ADD(fixture, memory) {					\
	.kind = { IVSHMEM, 2, VFIO_BY_CDEV }, .outage = &outage_memory,	\
};									\
FIXTURE_VARIANT_ADD(fixture, reset) {					\
	.kind = { IVSHMEM, 2, VFIO_BY_CDEV }, .outage = &outage_reset,	\
};									\
FIXTURE_VARIANT_ADD(fixture, hot_reset) {				\
	.kind = { IVSHMEM, 2, VFIO_BY_CDEV }, .outage = &outage_hot_reset, \
};									\
FIXTURE_VARIANT_ADD(fixture, low_power) {				\
	.kind = { IVSHMEM, 2, VFIO_BY_CDEV }, .outage = &outage_low_power, \
};									\
FIXTURE_VARIANT_ADD(fixture, close) {					\
	.kind = { IVSHMEM, 2, VFIO_BY_CDEV }, .outage = &outage_close,	\
};									\
FIXTURE_VARIANT_ADD(fixture, close_group) {				\
	.kind = { IVSHMEM, 2, VFIO_BY_GROUP }, .outage = &outage_close,	\
};									\
FIXTURE_VARIANT_ADD(fixture, nvme_reset) {				\
	.kind = { NVME, 2, VFIO_BY_CDEV }, .outage = &outage_reset,	\
};									\
FIXTURE_VARIANT_ADD(fixture, nvme_flr) {				\
	.kind = { NVME, 2, VFIO_BY_CDEV }, .outage = &outage_flr,	\
};									\
FIXTURE_VARIANT_ADD(fixture, nvme_d3) {					\
	.kind = { NVME, 2, VFIO_BY_CDEV }, .outage = &outage_d3,	\
};									\
FIXTURE_VARIANT_ADD(fixture, nvme_low_power) {				\
	.kind = { NVME, 2, VFIO_BY_CDEV }, .outage = &outage_low_power,	\
}

/* Variants of the same, where no IOMMU translates */
#define OUTAGES_WITHOUT_IOMMU(fixture)					\
FIXTURE_VARIANT_ADD(fixture, bus_memory) {				\
	.kind = { IVSHMEM, 2, VFIO_WITHOUT_IOMMU }, .outage = &outage_memory, \
};									\
FIXTURE_VARIANT_ADD(fixture, bus_reset) {				\
	.kind = { IVSHMEM, 2, VFIO_WITHOUT_IOMMU }, .outage = &outage_reset, \
};									\
FIXTURE_VARIANT_ADD(fixture, bus_close) {				\
	.kind = { IVSHMEM, 2, VFIO_WITHOUT_IOMMU }, .outage = &outage_close, \
}

/* The setup of such a fixture, which has a scene @s */
#define OUTAGES_SETUP()							\
do {									\
	int ret_;							\
									\
	ret_ = scene_begin(&self->s, &variant->kind);			\
	if (ret_ == -ENODEV)						\
		SKIP(return, "this machine has no such device, or no such way to it"); \
	ASSERT_EQ(ret_, 0);						\
} while (0)

#endif
