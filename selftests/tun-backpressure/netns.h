/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef NETNS_H
#define NETNS_H

/*
 * Move into a network namespace of our own, where devices send nothing by
 * themselves.
 */
int netns_enter(void);

#endif
