// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>

#include "importer.h"

int importer_open(const struct device *edu)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/dev/importer-%s", edu->name);
	fd = open(path, O_RDWR | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

int importer_attach(int fd, int dmabuf, __u32 flags)
{
	struct importer_attach a = { dmabuf, flags };

	return ioctl(fd, IMPORTER_ATTACH, &a) ? -errno : 0;
}

int importer_do(int fd, unsigned long what)
{
	return ioctl(fd, what) ? -errno : 0;
}

int importer_moves(int fd)
{
	int ret = ioctl(fd, IMPORTER_MOVES);

	return ret < 0 ? -errno : ret;
}

int importer_claim(int fd, __u64 start, __u64 len)
{
	struct importer_claim c = { start, len };

	return ioctl(fd, IMPORTER_CLAIM, &c) ? -errno : 0;
}

int importer_mapped(int fd)
{
	struct importer_state s;

	return ioctl(fd, IMPORTER_STATE, &s) ? -errno : (int)s.mapped;
}

static int transfer(int fd, unsigned long how, __u64 offset, const void *data, __u32 len)
{
	struct importer_transfer t = {
		.offset = offset, .data = (uintptr_t)data, .len = len,
	};

	return ioctl(fd, how, &t) ? -errno : 0;
}

int importer_read(int fd, __u64 offset, void *data, __u32 len)
{
	return transfer(fd, IMPORTER_READ, offset, data, len);
}

int importer_write(int fd, __u64 offset, const void *data, __u32 len)
{
	return transfer(fd, IMPORTER_WRITE, offset, data, len);
}
