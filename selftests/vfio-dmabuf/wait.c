// SPDX-License-Identifier: GPL-2.0-only
/*
 * An importer may need its time. What makes the device deaf waits until the last
 * mapping is undone, and the last fence has signaled.
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "../../kselftest_harness.h"
#include "expect.h"
#include "outages.h"

/* How long is waited for what shall not happen, and for what shall; ms */
#define SHORT	300
#define LONG	20000

FIXTURE(wait) {
	struct scene s;
	const struct outage *outage;
	pthread_t thread;
	atomic_int done;
	int ret;
};

OUTAGES(wait);

FIXTURE_SETUP(wait)
{
	OUTAGES_SETUP();
	self->outage = variant->outage;
}

FIXTURE_TEARDOWN(wait)
{
	scene_end(&self->s);
}

static void *begin_outage(void *data)
{
	FIXTURE_DATA(wait) *self = data;

	self->ret = self->outage->begin(&self->s.vfio);
	atomic_store(&self->done, 1);
	return NULL;
}

static bool wait_until(atomic_int *done, int ms)
{
	for (int i = 0; i < ms && !atomic_load(done); i++)
		usleep(1000);
	return atomic_load(done);
}

static bool told(int importer)
{
	for (int i = 0; i < LONG; i++) {
		if (importer_moves(importer) > 0)
			return true;
		usleep(1000);
	}
	return false;
}

/* Begin, and have it wait for @release of the importer, and for no less. */
#define WAITS_FOR(importer, release)						\
do {										\
	ASSERT_EQ(pthread_create(&self->thread, NULL, begin_outage, self), 0);	\
	EXPECT_TRUE(told(importer));						\
	EXPECT_FALSE(wait_until(&self->done, SHORT));				\
	EXPECT_EQ(importer_do(importer, release), 0);				\
	ASSERT_TRUE(wait_until(&self->done, LONG));				\
	pthread_join(self->thread, NULL);					\
	EXPECT_EQ(self->ret, 0);						\
} while (0)

TEST_F(wait, for_mapping)
{
	int fd = scene_import(&self->s, 0, 2 * PAGE, IMPORTER_LATE);

	ASSERT_GE(fd, 0);
	WAITS_FOR(self->s.importer, IMPORTER_UNMAP);
}

TEST_F(wait, for_fence)
{
	int fd = scene_import(&self->s, 0, 2 * PAGE, 0);

	ASSERT_GE(fd, 0);
	ASSERT_EQ(importer_do(self->s.importer, IMPORTER_FENCE), 0);
	WAITS_FOR(self->s.importer, IMPORTER_FENCE_SIGNAL);
}

/* The importer goes without a word. */
TEST_F(wait, for_detach)
{
	int fd = scene_import(&self->s, 0, 2 * PAGE, IMPORTER_LATE);

	ASSERT_GE(fd, 0);
	WAITS_FOR(self->s.importer, IMPORTER_DETACH);
}

/* Two mappings of one buffer: the first one is not enough. */
TEST_F(wait, for_both)
{
	int other = importer_open(&self->s.edu);
	int fd = scene_import(&self->s, 0, 2 * PAGE, IMPORTER_LATE);

	ASSERT_GE(other, 0);
	ASSERT_GE(fd, 0);
	ASSERT_EQ(importer_attach(other, fd, IMPORTER_LATE), 0);
	ASSERT_EQ(importer_do(other, IMPORTER_MAP), 0);
	ASSERT_EQ(pthread_create(&self->thread, NULL, begin_outage, self), 0);
	EXPECT_TRUE(told(other));
	EXPECT_EQ(importer_do(other, IMPORTER_UNMAP), 0);
	EXPECT_FALSE(wait_until(&self->done, SHORT));
	EXPECT_EQ(importer_do(self->s.importer, IMPORTER_UNMAP), 0);
	ASSERT_TRUE(wait_until(&self->done, LONG));
	pthread_join(self->thread, NULL);
	EXPECT_EQ(self->ret, 0);
	close(other);
}

/* While it waits, nobody else gets in. */
TEST_F(wait, nobody_gets_in)
{
	int other = importer_open(&self->s.edu);
	int fd = scene_import(&self->s, 0, 2 * PAGE, IMPORTER_LATE);

	ASSERT_GE(other, 0);
	ASSERT_GE(fd, 0);
	ASSERT_EQ(importer_attach(other, fd, 0), 0);
	ASSERT_EQ(pthread_create(&self->thread, NULL, begin_outage, self), 0);
	EXPECT_TRUE(told(self->s.importer));
	EXPECT_EQ(importer_do(other, IMPORTER_MAP), -ENODEV);
	EXPECT_EQ(importer_do(self->s.importer, IMPORTER_UNMAP), 0);
	ASSERT_TRUE(wait_until(&self->done, LONG));
	pthread_join(self->thread, NULL);
	close(other);
}

TEST_HARNESS_MAIN
