/* SPDX-License-Identifier: GPL-2.0-only */
/* Waiting that comes to an end. */
#ifndef WAIT_H
#define WAIT_H

#include <stdbool.h>

/*
 * What has not happened after so long never will, on a slow and busy machine
 * too.  Only a test that fails waits so long.
 */
#define STALL_MS 20000

long long now_ms(void);

/* Wait until @fd can be read. */
bool wait_readable(int fd);

/*
 * Give way for a moment in a loop that polls since @since; false when that is
 * too long.
 */
bool wait_more(long long since);

#endif
