// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two devices below one switch: what one is given for the other's memory is its
 * address on the bus. The host bridge of this machine would not let them through.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../kselftest_harness.h"
#include "expect.h"
#include "pattern.h"
#include "scene.h"

FIXTURE(bus) {
	struct scene s;
};

FIXTURE_SETUP(bus)
{
	const struct scene_kind kind = { IVSHMEM, 2, VFIO_WITHOUT_IOMMU };
	int ret;

	if (!EXPORTS)
		SKIP(return, "nothing is exported yet");
	ret = scene_begin(&self->s, &kind);
	if (ret == -ENODEV)
		SKIP(return, "this machine has an IOMMU, or no two such devices");
	ASSERT_EQ(ret, 0);
}

FIXTURE_TEARDOWN(bus)
{
	scene_end(&self->s);
}

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
