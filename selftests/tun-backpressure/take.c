// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <unistd.h>

#include "frame.h"
#include "take.h"

int take(int fd, bool tap, __u32 *stream, __u32 *seq)
{
	char data[2048];
	ssize_t n = read(fd, data, sizeof(data));

	if (n < 0)
		return errno == EAGAIN || errno == EBADFD ? 0 : -errno;
	return frame_read(data, n, tap, stream, seq) ? 1 : -EBADMSG;
}
