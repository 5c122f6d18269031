// SPDX-License-Identifier: GPL-2.0-only
/*
 * The other way to other devices' memory, which has pages: an NVMe drive reads
 * into and writes from the controller memory buffer of another one, at every
 * patch alike.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../kselftest_harness.h"
#include "device.h"
#include "pattern.h"
#include "thread.h"

#define BYTES	(256 << 10)
#define ELSEWHERE	(1 << 20)

FIXTURE(pages) {
	int disk;
	void *host;
	void *peer;
};

/* The driver takes its time after it was bound. */
#define READY	20	/* s */

static int open_disk(const struct device *d)
{
	char name[64], path[PATH_MAX];
	int ret = device_entry(d, "nvme", name, sizeof(name));

	if (ret)
		return ret;
	snprintf(path, sizeof(path), "/dev/%sn1", name);
	ret = open(path, O_RDWR | O_DIRECT | O_CLOEXEC);
	return ret < 0 ? -errno : ret;
}

static void *map_buffer(const struct device *d)
{
	char path[PATH_MAX];
	void *p;
	int fd;

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/p2pmem/allocate", d->name);
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return MAP_FAILED;
	p = mmap(NULL, BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	return p;
}

FIXTURE_SETUP(pages)
{
	struct device drive, other;
	double end = thread_now() + READY;

	if (device_find(&drive, NVME, 0) || device_find(&other, NVME, 1))
		SKIP(return, "this machine has no two NVMe drives");
	self->disk = -ENOENT;
	self->peer = MAP_FAILED;
	while ((self->disk < 0 || self->peer == MAP_FAILED) && thread_now() < end) {
		usleep(1000);
		if (self->disk < 0)
			self->disk = open_disk(&drive);
		if (self->peer == MAP_FAILED)
			self->peer = map_buffer(&other);
	}
	ASSERT_GE(self->disk, 0);
	ASSERT_NE(self->peer, MAP_FAILED);
	ASSERT_EQ(posix_memalign(&self->host, 4096, BYTES), 0);
}

FIXTURE_TEARDOWN(pages)
{
	munmap(self->peer, BYTES);
	free(self->host);
	close(self->disk);
}

TEST_F(pages, read)
{
	pattern_put(self->host, 0, BYTES, 1);
	ASSERT_EQ(pwrite(self->disk, self->host, BYTES, 0), BYTES);
	pattern_put(self->peer, 0, BYTES, 2);
	ASSERT_EQ(pread(self->disk, self->peer, BYTES, 0), BYTES);
	EXPECT_TRUE(pattern_is(self->peer, 0, BYTES, 1));
}

TEST_F(pages, write)
{
	pattern_put(self->peer, 0, BYTES, 3);
	ASSERT_EQ(pwrite(self->disk, self->peer, BYTES, ELSEWHERE), BYTES);
	memset(self->host, 0, BYTES);
	ASSERT_EQ(pread(self->disk, self->host, BYTES, ELSEWHERE), BYTES);
	EXPECT_TRUE(pattern_is(self->host, 0, BYTES, 3));
}

/* Not from its start, and less than a page at its end */
TEST_F(pages, parts)
{
	char *peer = self->peer;

	pattern_put(self->host, 0, BYTES, 4);
	ASSERT_EQ(pwrite(self->disk, self->host, BYTES, 0), BYTES);
	pattern_put(peer, 0, BYTES, 5);
	ASSERT_EQ(pread(self->disk, peer + 4096 + 512, 8192 + 512, 1024), 8192 + 512);
	EXPECT_TRUE(pattern_is(peer, 0, 4096 + 512, 5));
	EXPECT_TRUE(pattern_is(peer + 4096 + 512, 1024, 8192 + 512, 4));
	EXPECT_TRUE(pattern_is(peer + 12288 + 1024, 12288 + 1024, 4096, 5));
}

TEST_HARNESS_MAIN
