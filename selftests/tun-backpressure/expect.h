/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef EXPECT_H
#define EXPECT_H

#include <stdbool.h>

#include "../level.h"

/* Whether a device with a qdisc stops its queue when the ring is full. */
#define BACKPRESSURE (STACK_LEVEL_TUN_BACKPRESSURE >= 9)

#endif
