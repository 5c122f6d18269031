// SPDX-License-Identifier: GPL-2.0-only
/*
 * A device and the buffers of its memory go in whatever order; after the device
 * is closed, a buffer that is still there leads nowhere.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../kselftest_harness.h"
#include "buffers.h"
#include "scene.h"
#include "thread.h"

/* For what opens the device again and again, which resets it each time; s */
#define LIMIT	180

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

FIXTURE_VARIANT_ADD(lifetime, bus) {
	.kind = { IVSHMEM, 2, VFIO_WITHOUT_IOMMU },
};

FIXTURE_SETUP(lifetime)
{
	int ret;

	ret = scene_begin(&self->s, &variant->kind);
	if (ret == -ENODEV)
		SKIP(return, "this machine has no such device, or no such way to it");
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

/* Out of the machine while user space has it: that waits until it is closed. */
TEST_F(lifetime, device_unplugged)
{
	int fd = scene_import(&self->s, 0, PAGE, 0);
	struct thread removal;

	ASSERT_GE(fd, 0);
	ASSERT_EQ(thread_remove(&removal, &self->s.dev), 0);
	EXPECT_FALSE(thread_done(&removal, SHORT));
	EXPECT_EQ(importer_mapped(self->s.importer), 1);
	vfio_close(&self->s.vfio);
	ASSERT_TRUE(thread_done(&removal, LONG));
	EXPECT_EQ(thread_end(&removal), 0);
	EXPECT_EQ(importer_mapped(self->s.importer), 0);
	EXPECT_EQ(importer_do(self->s.importer, IMPORTER_MAP), -ENODEV);
	EXPECT_EQ(reachable(&self->s, fd), -ENODEV);
	close(fd);
	EXPECT_EQ(importer_do(self->s.importer, IMPORTER_DETACH), 0);
	ASSERT_EQ(device_rescan(), 0);
}

/* The same; it waits for the device alone, and not for what is left of buffers. */
TEST_F(lifetime, device_unplugged_late)
{
	int fd = scene_import(&self->s, 0, PAGE, IMPORTER_LATE);
	struct thread removal;

	ASSERT_GE(fd, 0);
	ASSERT_EQ(thread_remove(&removal, &self->s.dev), 0);
	EXPECT_FALSE(thread_done(&removal, SHORT));
	close(fd);
	vfio_close(&self->s.vfio);
	ASSERT_TRUE(thread_done(&removal, LONG));
	EXPECT_EQ(thread_end(&removal), 0);
	EXPECT_EQ(importer_mapped(self->s.importer), 1);
	EXPECT_EQ(importer_do(self->s.importer, IMPORTER_DETACH), 0);
	ASSERT_EQ(device_rescan(), 0);
}

/* A way to the buffer that keeps neither its file nor anything but its name */
static int path_of(int fd)
{
	char name[32];

	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	return open(name, O_PATH | O_CLOEXEC);
}

/* Both look at all buffers of the device. */
static int shake(const struct vfio *v)
{
	int ret = vfio_memory(v, 0);

	if (!ret)
		ret = vfio_memory(v, 1);
	return ret ? ret : vfio_reset(v);
}

/* The file of the buffer, a path to it, and the device go in any order. */
TEST_F_TIMEOUT(lifetime, path, LIMIT)
{
	static const char *const orders[] = { "fpd", "fdp", "pfd", "pdf", "dfp", "dpf" };

	for (int i = 0; i < 6; i++) {
		int fd = scene_export(&self->s, 0, PAGE), path = path_of(fd);
		bool is_open = true;

		ASSERT_GE(fd, 0);
		ASSERT_GE(path, 0);
		for (const char *o = orders[i]; *o; o++) {
			if (*o == 'd')
				vfio_close(&self->s.vfio);
			else
				close(*o == 'f' ? fd : path);
			is_open = is_open && *o != 'd';
			if (is_open)
				EXPECT_EQ(shake(&self->s.vfio), 0);
		}
		ASSERT_EQ(vfio_open(&self->s.vfio, &self->s.dev, variant->kind.way), 0);
		EXPECT_EQ(shake(&self->s.vfio), 0);
	}
}

/* Of a buffer without a file nothing comes back. */
TEST_F(lifetime, path_leads_nowhere)
{
	int fd = scene_export(&self->s, 0, PAGE), path = path_of(fd);
	char name[32];

	ASSERT_GE(fd, 0);
	ASSERT_GE(path, 0);
	EXPECT_EQ(reachable(&self->s, path), -EBADF);
	close(fd);
	EXPECT_EQ(reachable(&self->s, path), -EBADF);
	snprintf(name, sizeof(name), "/proc/self/fd/%d", path);
	EXPECT_LT(open(name, O_RDWR | O_CLOEXEC), 0);
	EXPECT_EQ(shake(&self->s.vfio), 0);
	close(path);
	EXPECT_EQ(shake(&self->s.vfio), 0);
}

/* It outlives the driver, with all that the buffer was made of. */
TEST_F(lifetime, path_after_driver)
{
	int fd = scene_export(&self->s, 0, PAGE), path = path_of(fd);

	ASSERT_GE(fd, 0);
	ASSERT_GE(path, 0);
	close(fd);
	vfio_close(&self->s.vfio);
	ASSERT_EQ(device_give_back(&self->s.dev), 0);
	EXPECT_FALSE(device_bound(&self->s.dev));
	close(path);
}

/* It does not keep the device from going when that is unplugged. */
TEST_F(lifetime, path_after_unplug)
{
	int fd = scene_export(&self->s, 0, PAGE), path = path_of(fd);
	struct thread removal;

	ASSERT_GE(fd, 0);
	ASSERT_GE(path, 0);
	close(fd);
	ASSERT_EQ(thread_remove(&removal, &self->s.dev), 0);
	EXPECT_FALSE(thread_done(&removal, SHORT));
	vfio_close(&self->s.vfio);
	ASSERT_TRUE(thread_done(&removal, LONG));
	EXPECT_EQ(thread_end(&removal), 0);
	close(path);
	ASSERT_EQ(device_rescan(), 0);
}

/* Device and buffers at once, again and again, half of them as paths */
#define AT_ONCE	8

static void *close_all(void *data)
{
	int *fd = data;

	for (int i = 0; i < AT_ONCE; i++)
		close(fd[i]);
	return NULL;
}

TEST_F_TIMEOUT(lifetime, at_once, LIMIT)
{
	int fd[AT_ONCE];
	pthread_t thread;

	for (int i = 0; i < 20; i++) {
		for (int j = 0; j < AT_ONCE; j++) {
			fd[j] = scene_export(&self->s, j * PAGE, PAGE);
			ASSERT_GE(fd[j], 0);
		}
		for (int j = 0; j < AT_ONCE; j += 2) {
			int path = path_of(fd[j]);

			ASSERT_GE(path, 0);
			close(fd[j]);
			fd[j] = path;
		}
		ASSERT_EQ(pthread_create(&thread, NULL, close_all, fd), 0);
		vfio_close(&self->s.vfio);
		pthread_join(thread, NULL);
		ASSERT_EQ(vfio_open(&self->s.vfio, &self->s.dev, variant->kind.way), 0);
	}
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
