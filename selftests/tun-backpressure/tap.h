/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TAP_H
#define TAP_H

/*
 * A queue of the tun or tap device @name, which is made if need be.  @flags are
 * those of TUNSETIFF, but IFF_NO_PI.  A file that does not block, or -errno.
 */
int tap_open(const char *name, int flags);

#endif
