/* SPDX-License-Identifier: GPL-2.0-only */
/* What makes a device deaf to accesses for a while, or for good. */
#ifndef OUTAGE_H
#define OUTAGE_H

#include <stdbool.h>

#include "vfio.h"

struct outage {
	int (*begin)(struct vfio *v);
	int (*end)(struct vfio *v);	/* none when it ends by itself */
	bool for_good;
};

extern const struct outage outage_memory;	/* disabled in the command register */
extern const struct outage outage_d3;
extern const struct outage outage_reset;
extern const struct outage outage_flr;		/* by way of configuration space */
extern const struct outage outage_hot_reset;
extern const struct outage outage_low_power;
extern const struct outage outage_close;

#endif
