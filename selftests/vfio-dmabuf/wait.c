// SPDX-License-Identifier: GPL-2.0-only
/*
 * An importer may have DMA in flight, for which there is a fence. What makes the
 * device deaf waits until the last fence has signaled; late.c has what becomes of
 * mappings.
 */
#include <unistd.h>

#include "../../kselftest_harness.h"
#include "outages.h"
#include "thread.h"

FIXTURE(wait) {
	struct scene s;
	struct thread thread;
};

OUTAGE_VARIANT(wait);
OUTAGES(wait);
OUTAGES_WITHOUT_IOMMU(wait);

FIXTURE_SETUP(wait)
{
	OUTAGES_SETUP();
}

FIXTURE_TEARDOWN(wait)
{
	scene_end(&self->s);
}

/* Until then nothing is done to the device. */
TEST_F(wait, for_fence)
{
	int im = self->s.importer, fd = scene_import(&self->s, 0, 2 * PAGE, 0);

	ASSERT_GE(fd, 0);
	ASSERT_EQ(importer_do(im, IMPORTER_FENCE), 0);
	ASSERT_EQ(thread_outage(&self->thread, variant->outage, &self->s.vfio), 0);
	EXPECT_TRUE(thread_tells(im));
	EXPECT_FALSE(thread_done(&self->thread, SHORT));
	EXPECT_TRUE(device_enabled(&self->s.dev));
	EXPECT_EQ(importer_do(im, IMPORTER_FENCE_SIGNAL), 0);
	ASSERT_TRUE(thread_done(&self->thread, LONG));
	EXPECT_EQ(thread_end(&self->thread), 0);
}

/* Two importers of one buffer: the first fence is not enough. */
TEST_F(wait, for_both)
{
	int im = self->s.importer, other = importer_open(&self->s.edu);
	int fd = scene_import(&self->s, 0, 2 * PAGE, 0);

	ASSERT_GE(other, 0);
	ASSERT_GE(fd, 0);
	ASSERT_EQ(importer_attach(other, fd, 0), 0);
	ASSERT_EQ(importer_do(im, IMPORTER_FENCE), 0);
	ASSERT_EQ(importer_do(other, IMPORTER_FENCE), 0);
	ASSERT_EQ(thread_outage(&self->thread, variant->outage, &self->s.vfio), 0);
	EXPECT_TRUE(thread_tells(im));
	EXPECT_EQ(importer_do(im, IMPORTER_FENCE_SIGNAL), 0);
	EXPECT_FALSE(thread_done(&self->thread, SHORT));
	EXPECT_EQ(importer_do(other, IMPORTER_FENCE_SIGNAL), 0);
	ASSERT_TRUE(thread_done(&self->thread, LONG));
	EXPECT_EQ(thread_end(&self->thread), 0);
	close(other);
}

/* So it is with a mapping that its importer does not undo at once. */
TEST_F(wait, for_fence_of_late)
{
	int im = self->s.importer, fd = scene_import(&self->s, 0, 2 * PAGE, IMPORTER_LATE);

	ASSERT_GE(fd, 0);
	ASSERT_EQ(importer_do(im, IMPORTER_FENCE), 0);
	ASSERT_EQ(thread_outage(&self->thread, variant->outage, &self->s.vfio), 0);
	EXPECT_TRUE(thread_tells(im));
	EXPECT_FALSE(thread_done(&self->thread, SHORT));
	EXPECT_EQ(importer_do(im, IMPORTER_FENCE_SIGNAL), 0);
	EXPECT_EQ(importer_do(im, IMPORTER_UNMAP), 0);
	ASSERT_TRUE(thread_done(&self->thread, LONG));
	EXPECT_EQ(thread_end(&self->thread), 0);
}

/* The importer goes without a word. */
TEST_F(wait, for_detach)
{
	int im = self->s.importer, fd = scene_import(&self->s, 0, 2 * PAGE, 0);

	ASSERT_GE(fd, 0);
	ASSERT_EQ(importer_do(im, IMPORTER_FENCE), 0);
	ASSERT_EQ(thread_outage(&self->thread, variant->outage, &self->s.vfio), 0);
	EXPECT_TRUE(thread_tells(im));
	EXPECT_FALSE(thread_done(&self->thread, SHORT));
	close(im);
	self->s.importer = -1;
	ASSERT_TRUE(thread_done(&self->thread, LONG));
	EXPECT_EQ(thread_end(&self->thread), 0);
}

TEST_HARNESS_MAIN
