// SPDX-License-Identifier: GPL-2.0-only
/*
 * The interface itself: what is asked for is given, what makes no sense is
 * refused with the error that the header states, and nothing is left of either.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "../../kselftest_harness.h"
#include "buffers.h"
#include "expect.h"
#include "scene.h"

FIXTURE(feature) {
	struct scene s;
	int buffers;
};

FIXTURE_VARIANT(feature) {
	struct scene_kind kind;
};

FIXTURE_VARIANT_ADD(feature, group) {
	.kind = { IVSHMEM, 2, VFIO_BY_GROUP },
};

FIXTURE_VARIANT_ADD(feature, cdev) {
	.kind = { IVSHMEM, 2, VFIO_BY_CDEV },
};

FIXTURE_VARIANT_ADD(feature, bus) {
	.kind = { IVSHMEM, 2, VFIO_WITHOUT_IOMMU },
};

FIXTURE_SETUP(feature)
{
	int ret = scene_begin(&self->s, &variant->kind);

	if (ret == -ENODEV)
		SKIP(return, "this machine has no ivshmem that vfio can give away");
	ASSERT_EQ(ret, 0);
	self->buffers = buffers_count();
	ASSERT_GE(self->buffers, 0);
}

/* With all files closed, no buffer is left, and nothing that would keep the device. */
FIXTURE_TEARDOWN(feature)
{
	close_range(3, ~0U, 0);
	EXPECT_EQ(buffers_count(), self->buffers);
	scene_end(&self->s);
}

static int ask(const struct scene *s, __u32 how)
{
	struct export e = export_of(s->bar, 0, PAGE);

	e.feature_flags = how | VFIO_DEVICE_FEATURE_DMA_BUF;
	return export(s->vfio.fd, &e);
}

TEST_F(feature, probe)
{
	EXPECT_EQ(ask(&self->s, VFIO_DEVICE_FEATURE_PROBE | VFIO_DEVICE_FEATURE_GET),
		  EXPORTS ? 0 : -ENOTTY);
	EXPECT_EQ(ask(&self->s, VFIO_DEVICE_FEATURE_PROBE | VFIO_DEVICE_FEATURE_SET),
		  EXPORTS ? -EINVAL : -ENOTTY);
	EXPECT_EQ(ask(&self->s, VFIO_DEVICE_FEATURE_SET), EXPORTS ? -EINVAL : -ENOTTY);
}

#if EXPORTS
/* The file is as long as the buffer, and as it was asked to be opened. */
TEST_F(feature, file)
{
	struct export e = export_of(2, PAGE, 3 * PAGE);
	int fd = export(self->s.vfio.fd, &e);

	ASSERT_GE(fd, 0);
	EXPECT_EQ(lseek(fd, 0, SEEK_END), 3 * PAGE);
	EXPECT_EQ(fcntl(fd, F_GETFD), FD_CLOEXEC);
	EXPECT_EQ(fcntl(fd, F_GETFL) & O_ACCMODE, O_RDWR);
	close(fd);

	e.open_flags = O_RDONLY;
	fd = export(self->s.vfio.fd, &e);
	ASSERT_GE(fd, 0);
	EXPECT_EQ(fcntl(fd, F_GETFD), 0);
	EXPECT_EQ(fcntl(fd, F_GETFL) & O_ACCMODE, O_RDONLY);
	close(fd);
}

/* All of the BAR; parts in any order; the same part twice. */
TEST_F(feature, ranges)
{
	struct export e = export_of(2, 0, self->s.len);
	int fd = export(self->s.vfio.fd, &e);

	ASSERT_GE(fd, 0);
	EXPECT_EQ(lseek(fd, 0, SEEK_END), self->s.len);
	close(fd);

	e.nr_ranges = 3;
	e.range[0] = (struct vfio_region_dma_range){ self->s.len - PAGE, PAGE };
	e.range[1] = (struct vfio_region_dma_range){ 0, 2 * PAGE };
	e.range[2] = (struct vfio_region_dma_range){ 0, 2 * PAGE };
	fd = export(self->s.vfio.fd, &e);
	ASSERT_GE(fd, 0);
	EXPECT_EQ(lseek(fd, 0, SEEK_END), 5 * PAGE);
	close(fd);
}

static int with_range(const struct scene *s, __u64 offset, __u64 length)
{
	return scene_export(s, offset, length);
}

TEST_F(feature, bad_ranges)
{
	const struct scene *s = &self->s;

	EXPECT_EQ(with_range(s, 0, 0), -EINVAL);
	EXPECT_EQ(with_range(s, 1, PAGE), -EINVAL);
	EXPECT_EQ(with_range(s, PAGE / 2, PAGE), -EINVAL);
	EXPECT_EQ(with_range(s, 0, 1), -EINVAL);
	EXPECT_EQ(with_range(s, 0, PAGE + PAGE / 2), -EINVAL);
	EXPECT_EQ(with_range(s, 0, s->len + PAGE), -EINVAL);
	EXPECT_EQ(with_range(s, PAGE, s->len), -EINVAL);
	EXPECT_EQ(with_range(s, s->len, PAGE), -EINVAL);
	EXPECT_EQ(with_range(s, 1ULL << 40, PAGE), -EINVAL);
	EXPECT_EQ(with_range(s, -(__u64)PAGE, PAGE), -EINVAL);
	EXPECT_EQ(with_range(s, -(__u64)PAGE, 2 * PAGE), -EINVAL);
	EXPECT_EQ(with_range(s, PAGE, -(__u64)PAGE), -EINVAL);
	EXPECT_EQ(with_range(s, 0, 1ULL << 63), -EINVAL);
}

/* One of several is enough, wherever it stands; and so is their sum. */
TEST_F(feature, bad_among_ranges)
{
	struct export e = export_of(2, 0, PAGE);

	for (int bad = 0; bad < 3; bad++) {
		e.nr_ranges = 3;
		for (int i = 0; i < 3; i++)
			e.range[i] = (struct vfio_region_dma_range){ i * PAGE, PAGE };
		e.range[bad].length = self->s.len + PAGE;
		EXPECT_EQ(export(self->s.vfio.fd, &e), -EINVAL);
	}
	e.nr_ranges = 2;
	e.range[0].length = 1ULL << 63;
	e.range[1].length = 1ULL << 63;
	EXPECT_EQ(export(self->s.vfio.fd, &e), -EINVAL);
}

/* All of the BAR in sum, in whatever pieces, but not a page more */
TEST_F(feature, sum_of_ranges)
{
	struct export e = export_of(2, 0, self->s.len / 2);

	e.nr_ranges = 2;
	e.range[1] = e.range[0];
	close(export(self->s.vfio.fd, &e));
	EXPECT_GE(export(self->s.vfio.fd, &e), 0);
	e.nr_ranges = 3;
	e.range[2] = (struct vfio_region_dma_range){ 0, PAGE };
	EXPECT_EQ(export(self->s.vfio.fd, &e), -EINVAL);
	e.nr_ranges = 2;
	e.range[0].length = self->s.len;
	e.range[1].length = PAGE;
	EXPECT_EQ(export(self->s.vfio.fd, &e), -EINVAL);
}

/* Somebody else in the kernel has a part of it. */
TEST_F(feature, in_use)
{
	ASSERT_EQ(importer_claim(self->s.importer, self->s.start, PAGE), 0);
	EXPECT_EQ(scene_export(&self->s, PAGE, PAGE), -EBUSY);
	EXPECT_EQ(scene_export(&self->s, 0, PAGE), -EBUSY);
	EXPECT_EQ(scene_export(&self->s, self->s.len, PAGE), -EINVAL);
	close(self->s.importer);
	self->s.importer = -1;
	EXPECT_GE(scene_export(&self->s, 0, PAGE), 0);
}

/* Once it is exported, nobody else gets it, until the device is closed. */
TEST_F(feature, claims)
{
	int fd = scene_export(&self->s, 0, PAGE);

	ASSERT_GE(fd, 0);
	close(fd);
	EXPECT_EQ(importer_claim(self->s.importer, self->s.start, PAGE), -EBUSY);
	vfio_close(&self->s.vfio);
	EXPECT_EQ(importer_claim(self->s.importer, self->s.start, PAGE), 0);
}

/* Not a region, not there, or no memory of the device's */
TEST_F(feature, bad_regions)
{
	static const __u32 regions[] = {
		3, 4, 5, VFIO_PCI_ROM_REGION_INDEX, VFIO_PCI_CONFIG_REGION_INDEX,
		VFIO_PCI_VGA_REGION_INDEX, VFIO_PCI_NUM_REGIONS, 1000, 0x7fffffff, 0xffffffff,
	};
	struct export e = export_of(0, 0, PAGE);

	for (size_t i = 0; i < sizeof(regions) / sizeof(*regions); i++) {
		e.region_index = regions[i];
		EXPECT_EQ(export(self->s.vfio.fd, &e), -EINVAL)
			TH_LOG("region %u", regions[i]);
	}
}

TEST_F(feature, bad_flags)
{
	struct export e = export_of(2, 0, PAGE);

	for (int bit = 0; bit < 32; bit++) {
		e.flags = 1u << bit;
		EXPECT_EQ(export(self->s.vfio.fd, &e), -EINVAL);
	}
	e.flags = 0;
	e.open_flags = O_RDWR | O_APPEND;
	EXPECT_EQ(export(self->s.vfio.fd, &e), -EINVAL);
	e.open_flags = O_RDWR | O_CREAT;
	EXPECT_EQ(export(self->s.vfio.fd, &e), -EINVAL);
	e.open_flags = O_ACCMODE;
	EXPECT_EQ(export(self->s.vfio.fd, &e), -EINVAL);
	e.open_flags = 0xffffffff;
	EXPECT_EQ(export(self->s.vfio.fd, &e), -EINVAL);
	e.open_flags = O_RDWR | O_NONBLOCK;
	close(export(self->s.vfio.fd, &e));
	EXPECT_GE(export(self->s.vfio.fd, &e), 0);
}

/* Fewer bytes than the ranges take, down to the header alone */
TEST_F(feature, short_argsz)
{
	const __u32 header = offsetof(struct export, range);
	struct export e = export_of(2, 0, PAGE);

	e.range[1] = e.range[0];
	for (e.nr_ranges = 1; e.nr_ranges <= 2; e.nr_ranges++)
		for (e.argsz = sizeof(struct vfio_device_feature);
		     e.argsz < header + e.nr_ranges * sizeof(e.range[0]); e.argsz++)
			EXPECT_EQ(export(self->s.vfio.fd, &e), -EINVAL)
				TH_LOG("%u bytes for %u ranges", e.argsz, e.nr_ranges);
	e.nr_ranges = 1;
	e.argsz = header + sizeof(e.range[0]);
	EXPECT_GE(export(self->s.vfio.fd, &e), 0);
}

/* No range at all, and more than there are */
TEST_F(feature, bad_number_of_ranges)
{
	struct export e = export_of(2, 0, PAGE);

	e.nr_ranges = 0;
	EXPECT_EQ(export(self->s.vfio.fd, &e), -EINVAL);
	e.nr_ranges = EXPORT_RANGES + 1;
	EXPECT_EQ(export(self->s.vfio.fd, &e), -EINVAL);
	e.nr_ranges = 0xffffffff;
	EXPECT_EQ(export(self->s.vfio.fd, &e), -EINVAL);
	/* times 16, in 32 bits, that is one range */
	e.nr_ranges = 0x10000001;
	EXPECT_EQ(export(self->s.vfio.fd, &e), -EINVAL);
	e.argsz = 0xffffffff;
	e.nr_ranges = 0x0ffffff0;
	EXPECT_LT(export(self->s.vfio.fd, &e), 0);
}

/* Ranges that end where nothing is mapped */
TEST_F(feature, unreadable)
{
	char *p = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct export *e;

	ASSERT_NE(p, MAP_FAILED);
	ASSERT_EQ(munmap(p + PAGE, PAGE), 0);
	e = (struct export *)(p + PAGE - offsetof(struct export, range[1]));
	memcpy(e, &(struct export){}, offsetof(struct export, range[1]));
	e->feature_flags = VFIO_DEVICE_FEATURE_GET | VFIO_DEVICE_FEATURE_DMA_BUF;
	e->argsz = sizeof(*e);
	e->region_index = 2;
	e->open_flags = O_RDWR;
	e->nr_ranges = 1;
	e->range[0].length = PAGE;
	EXPECT_GE(export(self->s.vfio.fd, e), 0);
	e->nr_ranges = 2;
	EXPECT_EQ(export(self->s.vfio.fd, e), -EFAULT);
}

/* Without a file descriptor to give, the buffer is gone again, and only once. */
TEST_F(feature, no_file_descriptor)
{
	struct rlimit old, none;
	int fd = dup(0);

	ASSERT_GE(fd, 0);
	close(fd);
	ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &old), 0);
	none = old;
	none.rlim_cur = fd;
	ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
	for (int i = 0; i < 20; i++)
		EXPECT_EQ(scene_export(&self->s, 0, PAGE), -EMFILE);
	ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &old), 0);
	fd = scene_export(&self->s, 0, PAGE);
	EXPECT_GE(fd, 0);
	close(fd);
}
#endif

TEST_HARNESS_MAIN
