// SPDX-License-Identifier: GPL-2.0-only
/*
 * While a device does not respond, nobody gets at its memory through a dma-buf.
 * Importers are told when that begins, and when it is over.
 */
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../kselftest_harness.h"
#include "outages.h"
#include "pattern.h"

FIXTURE(revoke) {
	struct scene s;
};

OUTAGE_VARIANT(revoke);
OUTAGES(revoke);
OUTAGES_WITHOUT_IOMMU(revoke);

FIXTURE_SETUP(revoke)
{
	OUTAGES_SETUP();
}

FIXTURE_TEARDOWN(revoke)
{
	scene_end(&self->s);
}

TEST_F(revoke, told)
{
	const struct outage *o = variant->outage;
	int im = self->s.importer, fd = scene_import(&self->s, 0, 2 * PAGE, 0);

	ASSERT_GE(fd, 0);
	EXPECT_EQ(importer_moves(im), 0);
	EXPECT_EQ(importer_mapped(im), 1);
	ASSERT_EQ(o->begin(&self->s.vfio), 0);
	EXPECT_EQ(importer_mapped(im), 0);
	if (o->end || o->for_good) {
		EXPECT_EQ(importer_moves(im), 1);
		EXPECT_EQ(importer_do(im, IMPORTER_MAP), -ENODEV);
	}
	if (o->for_good)
		return;
	if (o->end)
		ASSERT_EQ(o->end(&self->s.vfio), 0);
	EXPECT_EQ(importer_moves(im), 2);
	EXPECT_EQ(importer_mapped(im), 0);
	EXPECT_EQ(importer_do(im, IMPORTER_MAP), 0);
}

/* The second time is as the first. */
TEST_F(revoke, again)
{
	const struct outage *o = variant->outage;
	int im = self->s.importer, fd;

	if (o->for_good)
		SKIP(return, "there is no second time");
	fd = scene_import(&self->s, 0, 2 * PAGE, 0);
	ASSERT_GE(fd, 0);
	for (int i = 1; i <= 3; i++) {
		ASSERT_EQ(o->begin(&self->s.vfio), 0);
		EXPECT_EQ(importer_mapped(im), 0);
		if (o->end) {
			EXPECT_EQ(importer_do(im, IMPORTER_MAP), -ENODEV);
			ASSERT_EQ(o->end(&self->s.vfio), 0);
		}
		EXPECT_EQ(importer_moves(im), 2 * i);
		ASSERT_EQ(importer_do(im, IMPORTER_MAP), 0);
	}
}

/* All buffers of a device, mapped or only attached, and both importers of one */
TEST_F(revoke, all)
{
	const struct outage *o = variant->outage;
	int a = self->s.importer, b = importer_open(&self->s.edu), c = importer_open(&self->s.edu);
	int fd = scene_import(&self->s, 0, 2 * PAGE, 0), other;

	ASSERT_GE(b, 0);
	ASSERT_GE(c, 0);
	ASSERT_GE(fd, 0);
	other = scene_export(&self->s, PAGE, PAGE);
	ASSERT_GE(other, 0);
	ASSERT_EQ(importer_attach(b, fd, 0), 0);
	ASSERT_EQ(importer_attach(c, other, 0), 0);
	ASSERT_EQ(importer_do(c, IMPORTER_MAP), 0);
	ASSERT_EQ(o->begin(&self->s.vfio), 0);
	EXPECT_EQ(importer_mapped(a), 0);
	EXPECT_EQ(importer_mapped(c), 0);
	EXPECT_GE(importer_moves(a), 1);
	EXPECT_GE(importer_moves(b), 1);
	EXPECT_GE(importer_moves(c), 1);
	close(b);
	close(c);
}

/* What is made meanwhile has no access either, until the device has. */
TEST_F(revoke, made_meanwhile)
{
	const struct outage *o = variant->outage;
	int im = self->s.importer, fd;

	if (!o->end)
		SKIP(return, "it is over before anything can be made");
	ASSERT_EQ(o->begin(&self->s.vfio), 0);
	fd = scene_export(&self->s, 0, PAGE);
	ASSERT_GE(fd, 0);
	ASSERT_EQ(importer_attach(im, fd, 0), 0);
	EXPECT_EQ(importer_do(im, IMPORTER_MAP), -ENODEV);
	EXPECT_EQ(importer_moves(im), 0);
	ASSERT_EQ(o->end(&self->s.vfio), 0);
	EXPECT_EQ(importer_moves(im), 1);
	EXPECT_EQ(importer_do(im, IMPORTER_MAP), 0);
}

/* After it, the bytes are there again. */
TEST_F(revoke, bytes)
{
	const struct outage *o = variant->outage;
	unsigned char got[IMPORTER_MAX], *bar;
	int im = self->s.importer, fd;

	if (o->for_good)
		SKIP(return, "the bytes are somebody else's then");
	if (!scene_has_bytes(&variant->kind))
		SKIP(return, "what is in this BAR is not simply bytes");
	bar = vfio_mmap(&self->s.vfio, self->s.bar, self->s.len);
	ASSERT_NE(bar, MAP_FAILED);
	pattern_put(bar, 0, 2 * PAGE, 7);
	fd = scene_import(&self->s, 0, 2 * PAGE, 0);
	ASSERT_GE(fd, 0);
	ASSERT_EQ(o->begin(&self->s.vfio), 0);
	EXPECT_EQ(importer_read(im, 0, got, sizeof(got)), -ENXIO);
	if (o->end)
		ASSERT_EQ(o->end(&self->s.vfio), 0);
	ASSERT_EQ(importer_do(im, IMPORTER_MAP), 0);
	ASSERT_EQ(importer_read(im, PAGE, got, sizeof(got)), 0);
	EXPECT_TRUE(pattern_is(got, PAGE, sizeof(got), 7));
}

TEST_HARNESS_MAIN
