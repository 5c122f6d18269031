/* SPDX-License-Identifier: GPL-2.0-only */
/* One run at a time: a lock on a file that ends with the process. */
#ifndef HOLD_H
#define HOLD_H

#include <stdbool.h>

/*
 * Take the lock at @path until the process ends or hold_release(@fd).  When
 * another process has it: wait for it, saying so once, or be ST_BUSY at once.
 */
int hold_take(const char *path, const char *what, bool wait, int *fd);
void hold_release(int fd);

#endif
