// SPDX-License-Identifier: GPL-2.0-only
/*
 * What another device reads and writes through a dma-buf is what the CPU sees in
 * the BAR that it is of.
 */
#include <errno.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../kselftest_harness.h"
#include "pattern.h"
#include "scene.h"

#define BYTES	IMPORTER_MAX

FIXTURE(dma) {
	struct scene s;
	unsigned char *bar;
};

FIXTURE_VARIANT(dma) {
	struct scene_kind kind;
};

FIXTURE_VARIANT_ADD(dma, ivshmem_group) {
	.kind = { IVSHMEM, 2, VFIO_BY_GROUP },
};

FIXTURE_VARIANT_ADD(dma, ivshmem_cdev) {
	.kind = { IVSHMEM, 2, VFIO_BY_CDEV },
};

FIXTURE_SETUP(dma)
{
	int ret;

	ret = scene_begin(&self->s, &variant->kind);
	if (ret == -ENODEV)
		SKIP(return, "this machine has no such device, or no such way to it");
	ASSERT_EQ(ret, 0);
	self->bar = vfio_mmap(&self->s.vfio, self->s.bar, self->s.len);
	ASSERT_NE(self->bar, MAP_FAILED);
}

FIXTURE_TEARDOWN(dma)
{
	scene_end(&self->s);
}

TEST_F(dma, reads)
{
	unsigned char got[BYTES];
	int fd = scene_import(&self->s, 4 * PAGE, 4 * PAGE, 0);

	ASSERT_GE(fd, 0);
	for (unsigned int seed = 1; seed < 3; seed++) {
		pattern_put(self->bar, 0, 16 * PAGE, seed);
		ASSERT_EQ(importer_read(self->s.importer, 0, got, BYTES), 0);
		EXPECT_TRUE(pattern_is(got, 4 * PAGE, BYTES, seed));
		ASSERT_EQ(importer_read(self->s.importer, 4 * PAGE - BYTES, got, BYTES), 0);
		EXPECT_TRUE(pattern_is(got, 8 * PAGE - BYTES, BYTES, seed));
	}
}

TEST_F(dma, writes)
{
	unsigned char bytes[BYTES];
	int fd = scene_import(&self->s, 4 * PAGE, 4 * PAGE, 0);

	ASSERT_GE(fd, 0);
	pattern_put(self->bar, 0, 16 * PAGE, 3);
	pattern_put(bytes, 0, BYTES, 4);
	ASSERT_EQ(importer_write(self->s.importer, PAGE, bytes, BYTES), 0);
	EXPECT_TRUE(pattern_is(self->bar, 0, 5 * PAGE, 3));
	EXPECT_TRUE(pattern_is(self->bar + 5 * PAGE, 0, BYTES, 4));
	EXPECT_TRUE(pattern_is(self->bar + 5 * PAGE + BYTES, 5 * PAGE + BYTES,
			       11 * PAGE - BYTES, 3));
}

/* The buffer is its ranges in their order, wherever they are. */
TEST_F(dma, ranges)
{
	static const __u64 pages[] = { 9, 2, 5, 2 };
	struct export e = export_of(self->s.bar, 0, PAGE);
	unsigned char got[BYTES];
	int fd;

	e.nr_ranges = 4;
	for (int i = 0; i < 4; i++)
		e.range[i] = (struct vfio_region_dma_range){ pages[i] * PAGE, PAGE };
	pattern_put(self->bar, 0, 16 * PAGE, 5);
	fd = export(self->s.vfio.fd, &e);
	ASSERT_GE(fd, 0);
	ASSERT_EQ(importer_attach(self->s.importer, fd, 0), 0);
	ASSERT_EQ(importer_do(self->s.importer, IMPORTER_MAP), 0);
	for (int i = 0; i < 4; i++) {
		ASSERT_EQ(importer_read(self->s.importer, i * PAGE + 64, got, BYTES), 0);
		EXPECT_TRUE(pattern_is(got, pages[i] * PAGE + 64, BYTES, 5));
	}
}

/* There is nothing for the CPU in what an importer gets, and all for its device. */
TEST_F(dma, table)
{
	struct importer_state state;
	int fd = scene_import(&self->s, 0, self->s.len, 0);

	ASSERT_GE(fd, 0);
	ASSERT_EQ(ioctl(self->s.importer, IMPORTER_STATE, &state), 0);
	EXPECT_EQ(state.size, self->s.len);
	EXPECT_EQ(state.pages, 0);
	EXPECT_GE(state.pieces, 1);
}

/* Two buffers over the same bytes, each with its own importer */
TEST_F(dma, two_buffers)
{
	unsigned char bytes[BYTES], got[BYTES];
	int other = importer_open(&self->s.edu), a, b;

	ASSERT_GE(other, 0);
	a = scene_import(&self->s, 0, 2 * PAGE, 0);
	ASSERT_GE(a, 0);
	b = scene_export(&self->s, PAGE, 2 * PAGE);
	ASSERT_GE(b, 0);
	ASSERT_EQ(importer_attach(other, b, 0), 0);
	ASSERT_EQ(importer_do(other, IMPORTER_MAP), 0);
	pattern_put(bytes, 0, BYTES, 6);
	ASSERT_EQ(importer_write(self->s.importer, PAGE, bytes, BYTES), 0);
	ASSERT_EQ(importer_read(other, 0, got, BYTES), 0);
	EXPECT_TRUE(pattern_is(got, 0, BYTES, 6));
	close(a);
	close(self->s.importer);
	self->s.importer = -1;
	ASSERT_EQ(importer_read(other, 0, got, BYTES), 0);
	EXPECT_TRUE(pattern_is(got, 0, BYTES, 6));
	close(other);
	close(b);
}

/* Who needs pages, cannot be told of moves, or wants it to stay, gets nothing. */
TEST_F(dma, importers_that_cannot)
{
	int fd = scene_export(&self->s, 0, PAGE);

	ASSERT_GE(fd, 0);
	EXPECT_EQ(importer_attach(self->s.importer, fd, IMPORTER_NEEDS_PAGES), -EOPNOTSUPP);
	EXPECT_EQ(importer_attach(self->s.importer, fd, IMPORTER_STATIC), -EOPNOTSUPP);
	ASSERT_EQ(importer_attach(self->s.importer, fd, 0), 0);
	EXPECT_EQ(importer_do(self->s.importer, IMPORTER_PIN), -EOPNOTSUPP);
}

/*
 * Memory with a meaning: of the second edu, the number that says what it is, and
 * a register that turns over all bits of what is written there.
 */
TEST(registers)
{
	const struct scene_kind kind = { EDU, 0, VFIO_BY_CDEV, 1 };
	struct scene s;
	__u32 val;
	int ret;

	ret = scene_begin(&s, &kind);
	if (ret == -ENODEV)
		SKIP(return, "this machine has no second edu");
	ASSERT_EQ(ret, 0);
	EXPECT_GE(scene_import(&s, 0, PAGE, 0), 0);
	EXPECT_EQ(importer_read(s.importer, 0, &val, sizeof(val)), 0);
	EXPECT_EQ(val & 0xffff, 0x00ed);
	val = 0x12345678;
	EXPECT_EQ(importer_write(s.importer, 4, &val, sizeof(val)), 0);
	EXPECT_EQ(importer_read(s.importer, 4, &val, sizeof(val)), 0);
	EXPECT_EQ(val, ~0x12345678);
	scene_end(&s);
}

/* It is for devices: the CPU has mmap() of the device for that. */
TEST_F(dma, not_for_the_cpu)
{
	int fd = scene_export(&self->s, 0, PAGE);

	ASSERT_GE(fd, 0);
	EXPECT_EQ(mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0), MAP_FAILED);
}

/*
 * Two devices below one switch: what one is given for the other's memory is its
 * address on the bus. The host bridge of that machine would not let them through.
 */
FIXTURE(bus) {
	struct scene s;
};

FIXTURE_SETUP(bus)
{
	const struct scene_kind kind = { IVSHMEM, 2, VFIO_WITHOUT_IOMMU };
	int ret;

	ret = scene_begin(&self->s, &kind);
	if (ret == -ENODEV)
		SKIP(return, "this machine has an IOMMU, or no two such devices");
	ASSERT_EQ(ret, 0);
}

FIXTURE_TEARDOWN(bus)
{
	scene_end(&self->s);
}

/* Each range is a piece for itself. */
TEST_F(bus, addresses)
{
	static const __u64 pages[] = { 9, 2, 5 };
	struct export e = export_of(self->s.bar, 0, PAGE);
	struct importer_state state;
	int fd;

	e.nr_ranges = 3;
	for (int i = 0; i < 3; i++)
		e.range[i] = (struct vfio_region_dma_range){ pages[i] * PAGE, (i + 1) * PAGE };
	fd = export(self->s.vfio.fd, &e);
	ASSERT_GE(fd, 0);
	ASSERT_EQ(importer_attach(self->s.importer, fd, 0), 0);
	ASSERT_EQ(importer_do(self->s.importer, IMPORTER_MAP), 0);
	ASSERT_EQ(ioctl(self->s.importer, IMPORTER_STATE, &state), 0);
	EXPECT_EQ(state.pieces, 3);
	for (__u32 i = 0; i < 3; i++) {
		struct importer_piece p = { .nr = i };

		ASSERT_EQ(ioctl(self->s.importer, IMPORTER_PIECE, &p), 0);
		EXPECT_EQ(p.addr, self->s.start + pages[i] * PAGE);
		EXPECT_EQ(p.len, (i + 1) * PAGE);
	}
}

TEST_F(bus, bytes)
{
	unsigned char bytes[IMPORTER_MAX];
	unsigned char *bar = vfio_mmap(&self->s.vfio, self->s.bar, self->s.len);
	int fd = scene_import(&self->s, PAGE, PAGE, 0);

	ASSERT_NE(bar, MAP_FAILED);
	ASSERT_GE(fd, 0);
	pattern_put(bar, 0, 4 * PAGE, 1);
	ASSERT_EQ(importer_read(self->s.importer, 0, bytes, sizeof(bytes)), 0);
	EXPECT_TRUE(pattern_is(bytes, PAGE, sizeof(bytes), 1));
	pattern_put(bytes, 0, sizeof(bytes), 2);
	ASSERT_EQ(importer_write(self->s.importer, 0, bytes, sizeof(bytes)), 0);
	EXPECT_TRUE(pattern_is(bar + PAGE, 0, sizeof(bytes), 2));
	EXPECT_TRUE(pattern_is(bar, 0, PAGE, 1));
}

TEST_HARNESS_MAIN
