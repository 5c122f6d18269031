/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef VTAP_OPEN_H
#define VTAP_OPEN_H

/*
 * Open the character device of a macvtap or ipvtap device, as tap_open() does for
 * others.  This needs a mount namespace of our own, and enters one.
 */
int vtap_open(const char *name);

#endif
