// SPDX-License-Identifier: GPL-2.0
#include <linux/ring.h>

int tap_full(const struct ring *r);

int tap_full(const struct ring *r)
{
	return ring_full(r);
}
