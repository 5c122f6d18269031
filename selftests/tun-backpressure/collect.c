// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>

#include "collect.h"
#include "take.h"
#include "wait.h"

/* Read a frame of those that are awaited, if there is one. */
static int take_awaited(int fd, bool tap, __u32 first, __u32 *stream)
{
	__u32 seq;
	int n;

	do {
		n = take(fd, tap, stream, &seq);
	} while (n > 0 && *stream < first);
	return n;
}

/* Read one of each queue; how many that were. */
static int sweep(const int *fd, int nfds, bool tap, __u32 first, int *from)
{
	__u32 stream;
	int some = 0;

	for (int i = 0; i < nfds; i++) {
		int n = fd[i] < 0 ? 0 : take_awaited(fd[i], tap, first, &stream);

		if (n < 0)
			return n;
		if (n && from)
			from[stream - first] = i;
		some += n;
	}
	return some;
}

int collect(const int *fd, int nfds, bool tap, __u32 first, __u32 n, int *from)
{
	long long since = now_ms();
	__u32 received = 0;
	int some;

	do {
		some = sweep(fd, nfds, tap, first, from);
		if (some < 0)
			return some;
		received += some;
		if (some)
			since = now_ms();
	} while (some || (received < n && wait_more(since)));
	if (received > n)
		return -EOVERFLOW;
	return received < n ? -ETIMEDOUT : 0;
}
