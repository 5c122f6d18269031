// SPDX-License-Identifier: GPL-2.0-only
#include "outage.h"

static int memory_off(struct vfio *v)
{
	return vfio_memory(v, 0);
}

static int memory_on(struct vfio *v)
{
	return vfio_memory(v, 1);
}

static int power_off(struct vfio *v)
{
	return vfio_power(v, 3);
}

static int power_on(struct vfio *v)
{
	return vfio_power(v, 0);
}

static int reset(struct vfio *v)
{
	return vfio_reset(v);
}

static int flr(struct vfio *v)
{
	return vfio_flr(v);
}

static int hot_reset(struct vfio *v)
{
	return vfio_hot_reset(v);
}

static int sleep_on(struct vfio *v)
{
	return vfio_low_power(v, 1);
}

static int sleep_off(struct vfio *v)
{
	return vfio_low_power(v, 0);
}

static int close_device(struct vfio *v)
{
	vfio_close(v);
	return 0;
}

const struct outage outage_memory = { memory_off, memory_on };
const struct outage outage_d3 = { power_off, power_on };
const struct outage outage_reset = { reset };
const struct outage outage_flr = { flr };
const struct outage outage_hot_reset = { hot_reset };
const struct outage outage_low_power = { sleep_on, sleep_off };
const struct outage outage_close = { close_device, .for_good = true };
