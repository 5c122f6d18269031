// SPDX-License-Identifier: GPL-2.0-only
/*
 * An importer that is told that the memory is gone may undo its mapping later.
 * Where an IOMMU translates for its device, that is no reason to wait: the mapping
 * leads nowhere. Where none does, it is waited for, but not forever.
 */
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../kselftest_harness.h"
#include "outages.h"
#include "pattern.h"
#include "thread.h"

#define BYTES	IMPORTER_MAX

/* In vain it would wait for 5 seconds: less than that, and more */
#define SOON	3000	/* ms */
#define UNDER_5	4.5	/* s */
#define ABOUT_5	15	/* s */

FIXTURE(translated) {
	struct scene s;
};

OUTAGE_VARIANT(translated);
OUTAGES(translated);

FIXTURE_SETUP(translated)
{
	OUTAGES_SETUP();
}

FIXTURE_TEARDOWN(translated)
{
	scene_end(&self->s);
}

/* Have the device respond to the CPU again, whoever owns it then: its BAR, or NULL. */
static unsigned char *respond(struct scene *s, const struct outage *o, enum vfio_way way)
{
	unsigned char *bar;

	if (o->end && o->end(&s->vfio))
		return NULL;
	if (o->for_good && vfio_open(&s->vfio, &s->dev, way))
		return NULL;
	bar = vfio_mmap(&s->vfio, s->bar, 4 * PAGE);
	return bar == MAP_FAILED ? NULL : bar;
}

/*
 * Fill all that is mapped, and look whether a stale mapping reads or writes it. The
 * transfers are done: what faults is the device's access, which it is not told of.
 */
static bool out_of_reach(int im, unsigned char *bar, unsigned int seed)
{
	unsigned char got[BYTES], bytes[BYTES];

	pattern_put(bar, 0, 4 * PAGE, seed);
	if (importer_read(im, 0, got, BYTES) || pattern_is(got, 0, BYTES, seed))
		return false;
	pattern_put(bytes, 0, BYTES, seed + 1);
	if (importer_write(im, 0, bytes, BYTES))
		return false;
	return pattern_is(bar, 0, 4 * PAGE, seed);
}

/* The opposite, by the same transfers */
static bool in_reach(int im, unsigned char *bar, unsigned int seed)
{
	unsigned char got[BYTES], bytes[BYTES];

	pattern_put(bar, 0, 4 * PAGE, seed);
	if (importer_read(im, 0, got, BYTES) || !pattern_is(got, 0, BYTES, seed))
		return false;
	pattern_put(bytes, 0, BYTES, seed + 1);
	return !importer_write(im, 0, bytes, BYTES) && pattern_is(bar, 0, BYTES, seed + 1);
}

/* What shall be out of reach later is in reach now: NULL, or what is in the way */
static const char *reached_before(struct scene *s, const struct scene_kind *kind, int im,
				  unsigned int seed)
{
	unsigned char *bar;
	bool ok;

	if (!scene_has_bytes(kind))
		return NULL;
	bar = vfio_mmap(&s->vfio, s->bar, 4 * PAGE);
	if (bar == MAP_FAILED)
		return "the BAR cannot be mapped";
	ok = in_reach(im, bar, seed);
	vfio_munmap(&s->vfio);
	return ok ? NULL : "the device does not reach it";
}

/* Begin, and see that nobody waits. */
#define AT_ONCE()								\
do {										\
	double begin_ = thread_now();						\
										\
	ASSERT_EQ(variant->outage->begin(&self->s.vfio), 0);			\
	EXPECT_LT(thread_now() - begin_, UNDER_5);				\
} while (0)

/*
 * It does not wait, and what is still mapped reaches nothing, not even when the
 * device responds again. To be unmapped late does no harm.
 */
TEST_F(translated, leads_nowhere)
{
	const struct outage *o = variant->outage;
	int im = self->s.importer, fd = scene_import(&self->s, 0, 4 * PAGE, IMPORTER_LATE);
	unsigned char *bar;

	ASSERT_GE(fd, 0);
	ASSERT_EQ(reached_before(&self->s, &variant->kind, im, 7), NULL);
	AT_ONCE();
	EXPECT_EQ(importer_mapped(im), 1);
	EXPECT_GE(importer_moves(im), 1);
	bar = respond(&self->s, o, variant->kind.way);
	ASSERT_NE(bar, NULL);
	EXPECT_EQ(importer_mapped(im), 1);
	if (scene_has_bytes(&variant->kind))
		EXPECT_TRUE(out_of_reach(im, bar, 1));

	EXPECT_EQ(importer_do(im, IMPORTER_UNMAP), 0);
	if (o->for_good) {
		EXPECT_EQ(importer_do(im, IMPORTER_MAP), -ENODEV);
		return;
	}
	ASSERT_EQ(importer_do(im, IMPORTER_MAP), 0);
	if (scene_has_bytes(&variant->kind))
		EXPECT_TRUE(in_reach(im, bar, 3));
}

/* All of them: two importers of one buffer, and one of another */
TEST_F(translated, all_lead_nowhere)
{
	const struct outage *o = variant->outage;
	int im[3] = { self->s.importer }, fd[2];
	unsigned char *bar;

	fd[0] = scene_import(&self->s, 0, 2 * PAGE, IMPORTER_LATE);
	fd[1] = scene_export(&self->s, 0, 3 * PAGE);
	ASSERT_GE(fd[0], 0);
	ASSERT_GE(fd[1], 0);
	for (int i = 1; i < 3; i++) {
		im[i] = importer_open(&self->s.edu);
		ASSERT_GE(im[i], 0);
		ASSERT_EQ(importer_attach(im[i], fd[i - 1], IMPORTER_LATE), 0);
		ASSERT_EQ(importer_do(im[i], IMPORTER_MAP), 0);
	}
	for (int i = 0; i < 3; i++)
		ASSERT_EQ(reached_before(&self->s, &variant->kind, im[i], 11 + 2 * i), NULL);
	AT_ONCE();
	bar = respond(&self->s, o, variant->kind.way);
	ASSERT_NE(bar, NULL);
	for (int i = 0; i < 3; i++) {
		EXPECT_EQ(importer_mapped(im[i]), 1);
		if (scene_has_bytes(&variant->kind))
			EXPECT_TRUE(out_of_reach(im[i], bar, 1 + 2 * i));
	}
	close(im[1]);
	close(im[2]);
}

/* The mapping is there when the device and its driver are not any more. */
TEST_F(translated, outlives_driver)
{
	int im = self->s.importer, fd = scene_import(&self->s, 0, 4 * PAGE, IMPORTER_LATE);

	ASSERT_GE(fd, 0);
	AT_ONCE();
	vfio_close(&self->s.vfio);
	ASSERT_EQ(device_give_back(&self->s.dev), 0);
	EXPECT_EQ(importer_mapped(im), 1);
	close(fd);
	EXPECT_EQ(importer_do(im, IMPORTER_UNMAP), 0);
	EXPECT_EQ(importer_do(im, IMPORTER_MAP), -ENODEV);
}

FIXTURE(untranslated) {
	struct scene s;
	struct thread thread;
};

OUTAGE_VARIANT(untranslated);
OUTAGES_WITHOUT_IOMMU(untranslated);

FIXTURE_SETUP(untranslated)
{
	OUTAGES_SETUP();
}

FIXTURE_TEARDOWN(untranslated)
{
	scene_end(&self->s);
}

/* Begin, and have it wait for @release of the importer, and for no less. */
#define WAITS_FOR(importer, release)						\
do {										\
	ASSERT_EQ(thread_outage(&self->thread, variant->outage, &self->s.vfio), 0); \
	EXPECT_TRUE(thread_tells(importer));					\
	EXPECT_FALSE(thread_done(&self->thread, SHORT));			\
	EXPECT_EQ(importer_do(importer, release), 0);				\
	ASSERT_TRUE(thread_done(&self->thread, SOON));				\
	EXPECT_EQ(thread_end(&self->thread), 0);				\
} while (0)

TEST_F(untranslated, waits_for_mapping)
{
	int fd = scene_import(&self->s, 0, 2 * PAGE, IMPORTER_LATE);

	ASSERT_GE(fd, 0);
	WAITS_FOR(self->s.importer, IMPORTER_UNMAP);
}

/* The importer goes without a word. */
TEST_F(untranslated, waits_for_detach)
{
	int fd = scene_import(&self->s, 0, 2 * PAGE, IMPORTER_LATE);

	ASSERT_GE(fd, 0);
	WAITS_FOR(self->s.importer, IMPORTER_DETACH);
}

/* Two mappings of one buffer: the first one is not enough. */
TEST_F(untranslated, waits_for_both)
{
	int other = importer_open(&self->s.edu);
	int fd = scene_import(&self->s, 0, 2 * PAGE, IMPORTER_LATE);

	ASSERT_GE(other, 0);
	ASSERT_GE(fd, 0);
	ASSERT_EQ(importer_attach(other, fd, IMPORTER_LATE), 0);
	ASSERT_EQ(importer_do(other, IMPORTER_MAP), 0);
	ASSERT_EQ(thread_outage(&self->thread, variant->outage, &self->s.vfio), 0);
	EXPECT_TRUE(thread_tells(other));
	EXPECT_EQ(importer_do(other, IMPORTER_UNMAP), 0);
	EXPECT_FALSE(thread_done(&self->thread, SHORT));
	EXPECT_EQ(importer_do(self->s.importer, IMPORTER_UNMAP), 0);
	ASSERT_TRUE(thread_done(&self->thread, SOON));
	EXPECT_EQ(thread_end(&self->thread), 0);
	close(other);
}

/* While it waits, nobody else gets in. */
TEST_F(untranslated, nobody_gets_in)
{
	int other = importer_open(&self->s.edu);
	int fd = scene_import(&self->s, 0, 2 * PAGE, IMPORTER_LATE);

	ASSERT_GE(other, 0);
	ASSERT_GE(fd, 0);
	ASSERT_EQ(importer_attach(other, fd, 0), 0);
	ASSERT_EQ(thread_outage(&self->thread, variant->outage, &self->s.vfio), 0);
	EXPECT_TRUE(thread_tells(self->s.importer));
	EXPECT_EQ(importer_do(other, IMPORTER_MAP), -ENODEV);
	EXPECT_EQ(importer_do(self->s.importer, IMPORTER_UNMAP), 0);
	ASSERT_TRUE(thread_done(&self->thread, SOON));
	EXPECT_EQ(thread_end(&self->thread), 0);
	close(other);
}

/* Buffers with a mapping each that is never undone; and s, for what does not wait */
#define BUFFERS		4
#define QUICK		3

/*
 * It gives up after 5 s, however many there are, and tells nobody that asked for
 * it: it has to be done. It gives up once: the next time nothing is left to wait
 * for.
 */
TEST_F(untranslated, not_forever)
{
	const struct outage *o = variant->outage;
	int im[BUFFERS] = { self->s.importer };
	double begin;
	bool gave_up;

	for (int i = 0; i < BUFFERS; i++) {
		int fd = scene_export(&self->s, i * PAGE, PAGE);

		if (i)
			im[i] = importer_open(&self->s.edu);
		ASSERT_GE(fd, 0);
		ASSERT_GE(im[i], 0);
		ASSERT_EQ(importer_attach(im[i], fd, IMPORTER_LATE), 0);
		ASSERT_EQ(importer_do(im[i], IMPORTER_MAP), 0);
	}
	begin = thread_now();
	ASSERT_EQ(thread_outage(&self->thread, o, &self->s.vfio), 0);
	gave_up = thread_done(&self->thread, ABOUT_5 * 1000);
	EXPECT_TRUE(gave_up);
	EXPECT_GE(thread_now() - begin, UNDER_5);
	for (int i = 0; i < BUFFERS; i++)
		EXPECT_EQ(importer_mapped(im[i]), 1);
	if (gave_up && o->end) {
		begin = thread_now();
		EXPECT_EQ(o->begin(&self->s.vfio), 0);
		EXPECT_LT(thread_now() - begin, QUICK);
		EXPECT_EQ(vfio_reset(&self->s.vfio), 0);
		vfio_close(&self->s.vfio);
		EXPECT_LT(thread_now() - begin, ABOUT_5);
	}
	for (int i = 0; i < BUFFERS; i++) {
		EXPECT_EQ(importer_do(im[i], IMPORTER_UNMAP), 0);
		if (i)
			close(im[i]);
	}
	EXPECT_EQ(thread_end(&self->thread), 0);
}

/*
 * Given up on once, a buffer that was mapped anew is waited for again. It is not
 * enough that it could have been.
 */
TEST_F(untranslated, waits_after_giving_up)
{
	const struct outage *o = variant->outage;
	int im = self->s.importer, fd;
	double begin;

	if (o->for_good)
		SKIP(return, "nothing is mapped after that");
	fd = scene_import(&self->s, 0, 2 * PAGE, IMPORTER_LATE);
	ASSERT_GE(fd, 0);
	ASSERT_EQ(thread_outage(&self->thread, o, &self->s.vfio), 0);
	ASSERT_TRUE(thread_done(&self->thread, ABOUT_5 * 1000));
	ASSERT_EQ(thread_end(&self->thread), 0);
	if (o->end)
		ASSERT_EQ(o->end(&self->s.vfio), 0);
	begin = thread_now();
	ASSERT_EQ(o->begin(&self->s.vfio), 0);
	EXPECT_LT(thread_now() - begin, QUICK);
	if (o->end)
		ASSERT_EQ(o->end(&self->s.vfio), 0);
	ASSERT_EQ(importer_do(im, IMPORTER_UNMAP), 0);
	ASSERT_EQ(importer_do(im, IMPORTER_MAP), 0);
	ASSERT_EQ(thread_outage(&self->thread, o, &self->s.vfio), 0);
	EXPECT_FALSE(thread_done(&self->thread, SHORT));
	EXPECT_EQ(importer_do(im, IMPORTER_UNMAP), 0);
	ASSERT_TRUE(thread_done(&self->thread, LONG));
	EXPECT_EQ(thread_end(&self->thread), 0);
}

/* Who closes another buffer meanwhile does not wait. */
TEST_F(untranslated, others_are_released)
{
	int fd = scene_import(&self->s, 0, 2 * PAGE, IMPORTER_LATE);
	int other = scene_export(&self->s, 0, PAGE);
	double begin;

	ASSERT_GE(fd, 0);
	ASSERT_GE(other, 0);
	ASSERT_EQ(thread_outage(&self->thread, variant->outage, &self->s.vfio), 0);
	EXPECT_TRUE(thread_tells(self->s.importer));
	EXPECT_FALSE(thread_done(&self->thread, SHORT));
	begin = thread_now();
	EXPECT_EQ(close(other), 0);
	EXPECT_LT(thread_now() - begin, QUICK);
	EXPECT_EQ(importer_do(self->s.importer, IMPORTER_UNMAP), 0);
	ASSERT_TRUE(thread_done(&self->thread, LONG));
	EXPECT_EQ(thread_end(&self->thread), 0);
}

TEST_HARNESS_MAIN
