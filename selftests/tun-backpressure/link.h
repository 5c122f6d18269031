/* SPDX-License-Identifier: GPL-2.0-only */
/* Network devices, by their index. */
#ifndef LINK_H
#define LINK_H

#include <stdbool.h>
#include <linux/types.h>

int link_up(int ifindex, bool up);
int link_txqueuelen(int ifindex, __u32 len);
int link_tx_dropped(int ifindex, __u64 *dropped);

#endif
