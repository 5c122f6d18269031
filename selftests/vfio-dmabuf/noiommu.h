/* SPDX-License-Identifier: GPL-2.0-only */
/* Machines whose devices no IOMMU stands before */
#ifndef NOIOMMU_H
#define NOIOMMU_H

#include <stdbool.h>

/* Whether this is one. */
bool noiommu_is(void);

/* Have vfio give devices away without an IOMMU, or not.  0, or a negative errno. */
int noiommu_allow(bool allow);

#endif
