// SPDX-License-Identifier: GPL-2.0-only
#include <poll.h>
#include <time.h>
#include <unistd.h>

#include "wait.h"

long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

bool wait_readable(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, STALL_MS) == 1 && (p.revents & POLLIN);
}

bool wait_more(long long since)
{
	if (now_ms() - since > STALL_MS)
		return false;
	usleep(1000);
	return true;
}
