/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef EXPECT_H
#define EXPECT_H

#include "../level.h"

/* Whether vfio-pci exports BARs as dma-bufs. */
#define EXPORTS (STACK_LEVEL_VFIO_DMABUF >= 10)

#endif
