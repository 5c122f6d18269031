// SPDX-License-Identifier: GPL-2.0-only
/*
 * A device and the buffers of its memory go in whatever order; after the device
 * is closed, a buffer that is still there leads nowhere.
 */
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../kselftest_harness.h"
#include "buffers.h"
#include "expect.h"
#include "scene.h"

FIXTURE(lifetime) {
	struct scene s;
	int buffers;
};

FIXTURE_VARIANT(lifetime) {
	struct scene_kind kind;
};

FIXTURE_VARIANT_ADD(lifetime, group) {
	.kind = { IVSHMEM, 2, VFIO_BY_GROUP },
};

FIXTURE_VARIANT_ADD(lifetime, cdev) {
	.kind = { IVSHMEM, 2, VFIO_BY_CDEV },
};

FIXTURE_SETUP(lifetime)
{
	int ret;

	if (!EXPORTS)
		SKIP(return, "nothing is exported yet");
	ret = scene_begin(&self->s, &variant->kind);
	if (ret == -ENODEV || ret == -ENOENT)
		SKIP(return, "this machine has no such device that vfio can give away");
	ASSERT_EQ(ret, 0);
	self->buffers = buffers_count();
	ASSERT_GE(self->buffers, 0);
}

/* With all files closed, no buffer is left, and nothing that would keep the device. */
FIXTURE_TEARDOWN(lifetime)
{
	close_range(3, ~0U, 0);
	EXPECT_EQ(buffers_count(), self->buffers);
	scene_end(&self->s);
}

/* Whether anybody gets at the memory through that file */
static int reachable(const struct scene *s, int fd)
{
	int im = importer_open(&s->edu), ret;

	if (im < 0)
		return im;
	ret = importer_attach(im, fd, 0);
	if (!ret)
		ret = importer_do(im, IMPORTER_MAP);
	close(im);
	return ret;
}

TEST_F(lifetime, device_first)
{
	int fd = scene_import(&self->s, 0, PAGE, 0);

	ASSERT_GE(fd, 0);
	ASSERT_EQ(reachable(&self->s, fd), 0);
	vfio_close(&self->s.vfio);
	EXPECT_EQ(importer_mapped(self->s.importer), 0);
	EXPECT_EQ(importer_do(self->s.importer, IMPORTER_MAP), -ENODEV);
	EXPECT_EQ(reachable(&self->s, fd), -ENODEV);

	/* Who opens it again is somebody else. */
	ASSERT_EQ(vfio_open(&self->s.vfio, &self->s.dev, variant->kind.way), 0);
	EXPECT_EQ(importer_do(self->s.importer, IMPORTER_MAP), -ENODEV);
	EXPECT_EQ(reachable(&self->s, fd), -ENODEV);
	close(fd);
	EXPECT_EQ(importer_do(self->s.importer, IMPORTER_DETACH), 0);
	EXPECT_GE(scene_import(&self->s, 0, PAGE, 0), 0);
}

TEST_F(lifetime, buffer_first)
{
	int fd = scene_export(&self->s, 0, PAGE);

	ASSERT_GE(fd, 0);
	close(fd);
	ASSERT_EQ(vfio_memory(&self->s.vfio, 0), 0);
	ASSERT_EQ(vfio_memory(&self->s.vfio, 1), 0);
	EXPECT_GE(scene_export(&self->s, 0, PAGE), 0);
}

/* The importer holds the buffer when nobody else does. */
TEST_F(lifetime, importer_last)
{
	int fd = scene_import(&self->s, 0, PAGE, 0);

	ASSERT_GE(fd, 0);
	close(fd);
	EXPECT_EQ(importer_mapped(self->s.importer), 1);
	ASSERT_EQ(vfio_memory(&self->s.vfio, 0), 0);
	EXPECT_EQ(importer_mapped(self->s.importer), 0);
	ASSERT_EQ(vfio_memory(&self->s.vfio, 1), 0);
	EXPECT_EQ(importer_do(self->s.importer, IMPORTER_MAP), 0);
	vfio_close(&self->s.vfio);
	EXPECT_EQ(importer_do(self->s.importer, IMPORTER_MAP), -ENODEV);
	EXPECT_EQ(importer_do(self->s.importer, IMPORTER_DETACH), 0);
}

/* The device is closed when the last process has closed it. */
TEST_F(lifetime, forked)
{
	int fd = scene_import(&self->s, 0, PAGE, 0), go[2], status;
	pid_t pid;
	char c;

	ASSERT_GE(fd, 0);
	ASSERT_EQ(pipe(go), 0);
	pid = fork();
	ASSERT_GE(pid, 0);
	if (!pid) {
		close(go[1]);
		_exit(read(go[0], &c, 1) != 0);
	}
	close(go[0]);
	vfio_close(&self->s.vfio);
	EXPECT_EQ(importer_mapped(self->s.importer), 1);
	EXPECT_EQ(reachable(&self->s, fd), 0);
	close(go[1]);
	ASSERT_EQ(waitpid(pid, &status, 0), pid);
	EXPECT_EQ(status, 0);
	EXPECT_EQ(importer_mapped(self->s.importer), 0);
	EXPECT_EQ(reachable(&self->s, fd), -ENODEV);
}

/* vfio-pci goes, with all that the buffer was made of. */
TEST_F(lifetime, driver_gone)
{
	int fd = scene_import(&self->s, 0, PAGE, 0);

	ASSERT_GE(fd, 0);
	vfio_close(&self->s.vfio);
	ASSERT_EQ(device_give_back(&self->s.dev), 0);
	EXPECT_FALSE(device_bound(&self->s.dev));
	EXPECT_EQ(importer_do(self->s.importer, IMPORTER_MAP), -ENODEV);
	EXPECT_EQ(reachable(&self->s, fd), -ENODEV);
	close(fd);
	EXPECT_EQ(importer_do(self->s.importer, IMPORTER_DETACH), 0);
}

/* So does the device. */
TEST_F(lifetime, device_gone)
{
	int fd = scene_import(&self->s, 0, PAGE, 0);

	ASSERT_GE(fd, 0);
	vfio_close(&self->s.vfio);
	ASSERT_EQ(device_remove(&self->s.dev), 0);
	EXPECT_EQ(importer_do(self->s.importer, IMPORTER_MAP), -ENODEV);
	close(fd);
	EXPECT_EQ(importer_do(self->s.importer, IMPORTER_DETACH), 0);
	ASSERT_EQ(device_rescan(), 0);
}

/* Many buffers, and the device is closed over them. */
TEST_F(lifetime, many)
{
	int fd[64];

	for (int i = 0; i < 64; i++) {
		fd[i] = scene_export(&self->s, i * PAGE, PAGE);
		ASSERT_GE(fd[i], 0);
	}
	for (int i = 0; i < 64; i += 2)
		close(fd[i]);
	vfio_close(&self->s.vfio);
	for (int i = 1; i < 64; i += 2)
		EXPECT_EQ(reachable(&self->s, fd[i]), -ENODEV);
}

TEST_HARNESS_MAIN
