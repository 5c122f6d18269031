// SPDX-License-Identifier: GPL-2.0-only
/*
 * Importers map and unmap, buffers come and go, and the device is reset and
 * disabled all the while. Nobody gets an error but that the memory is not to be
 * had now, nothing is stuck, and in the end all is as in the beginning.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "../../kselftest_harness.h"
#include "pattern.h"
#include "scene.h"

#define SECONDS	5
#define LIMIT	700

struct shared {
	struct scene *s;
	int fd;
	__u32 flags;			/* of importers */
	bool fences;
	atomic_bool stop;
	atomic_int errors;		/* that nobody should have */
	atomic_int maps, misses, buffers, outages;
};

FIXTURE(stress) {
	struct scene s;
	struct shared shared;
};

FIXTURE_VARIANT(stress) {
	enum vfio_way way;
	__u32 flags;
	bool fences;
};

FIXTURE_VARIANT_ADD(stress, iommu) {
	.way = VFIO_BY_CDEV,
};

/* Importers that undo mappings later than they are told to, and have DMA in flight */
FIXTURE_VARIANT_ADD(stress, iommu_late) {
	.way = VFIO_BY_CDEV, .flags = IMPORTER_LATE, .fences = true,
};

FIXTURE_VARIANT_ADD(stress, bus) {
	.way = VFIO_WITHOUT_IOMMU,
};

FIXTURE_VARIANT_ADD(stress, bus_late) {
	.way = VFIO_WITHOUT_IOMMU, .flags = IMPORTER_LATE, .fences = true,
};

FIXTURE_SETUP(stress)
{
	const struct scene_kind kind = { IVSHMEM, 2, variant->way };
	int ret;

	ret = scene_begin(&self->s, &kind);
	if (ret == -ENODEV)
		SKIP(return, "this machine has no such device, or no such way to it");
	ASSERT_EQ(ret, 0);
}

FIXTURE_TEARDOWN(stress)
{
	scene_end(&self->s);
}

static void note(struct shared *sh, int ret)
{
	if (ret == -ENODEV)
		atomic_fetch_add(&sh->misses, 1);
	else if (ret)
		atomic_fetch_add(&sh->errors, 1);
	else
		atomic_fetch_add(&sh->maps, 1);
}

/* While there is a fence, nothing is asked for that may wait for it. */
static void have_fence(struct shared *sh, int im)
{
	if (importer_do(im, IMPORTER_FENCE) || importer_do(im, IMPORTER_FENCE_SIGNAL))
		atomic_fetch_add(&sh->errors, 1);
}

static void *import_it(void *data)
{
	struct shared *sh = data;
	int im = importer_open(&sh->s->edu);

	while (!atomic_load(&sh->stop)) {
		int ret = importer_attach(im, sh->fd, sh->flags);

		for (int i = 0; !ret && i < 20; i++) {
			ret = importer_do(im, IMPORTER_MAP);
			note(sh, ret == -EBUSY ? 0 : ret);
			if (sh->fences)
				have_fence(sh, im);
			if (i % 3)
				importer_do(im, IMPORTER_UNMAP);
			ret = 0;
		}
		if (ret)
			note(sh, ret);
		importer_do(im, IMPORTER_DETACH);
	}
	close(im);
	return NULL;
}

static void *make_buffers(void *data)
{
	struct shared *sh = data;

	while (!atomic_load(&sh->stop)) {
		char name[32];
		int fd[4], path;

		for (int i = 0; i < 4; i++)
			fd[i] = scene_export(sh->s, i * PAGE, PAGE);
		/* One of them stays for a while without its file. */
		snprintf(name, sizeof(name), "/proc/self/fd/%d", fd[0]);
		path = open(name, O_PATH | O_CLOEXEC);
		for (int i = 0; i < 4; i++)
			if (fd[i] < 0 || close(fd[i]))
				atomic_fetch_add(&sh->errors, 1);
		if (path < 0 || close(path))
			atomic_fetch_add(&sh->errors, 1);
		atomic_fetch_add(&sh->buffers, 4);
	}
	return NULL;
}

static void *cause_outages(void *data)
{
	struct shared *sh = data;
	struct vfio *v = &sh->s->vfio;

	for (int i = 0; !atomic_load(&sh->stop); i++) {
		int ret = i % 4 ? vfio_memory(v, 0) : vfio_reset(v);

		if (i % 4 && !ret)
			ret = vfio_memory(v, 1);
		if (ret)
			atomic_fetch_add(&sh->errors, 1);
		atomic_fetch_add(&sh->outages, 1);
		usleep(rand() % 500);
	}
	return NULL;
}

TEST_F_TIMEOUT(stress, all_at_once, LIMIT)
{
	static void *(*const work[])(void *) = {
		import_it, import_it, make_buffers, cause_outages,
	};
	struct shared *sh = &self->shared;
	const char *seconds = getenv("STRESS_SECONDS");
	unsigned char got[IMPORTER_MAX], *bar;
	pthread_t thread[4];

	sh->s = &self->s;
	sh->flags = variant->flags;
	sh->fences = variant->fences;
	sh->fd = scene_export(&self->s, 0, 4 * PAGE);
	ASSERT_GE(sh->fd, 0);
	for (int i = 0; i < 4; i++)
		ASSERT_EQ(pthread_create(&thread[i], NULL, work[i], sh), 0);
	sleep(seconds ? atoi(seconds) : SECONDS);
	atomic_store(&sh->stop, true);
	for (int i = 0; i < 4; i++)
		pthread_join(thread[i], NULL);
	TH_LOG("%d maps, %d misses, %d buffers, %d outages", sh->maps, sh->misses,
	       sh->buffers, sh->outages);
	EXPECT_EQ(sh->errors, 0);
	EXPECT_GT(sh->maps, 0);
	EXPECT_GT(sh->misses, 0);
	EXPECT_GT(sh->buffers, 0);
	EXPECT_GT(sh->outages, 0);

	bar = vfio_mmap(&self->s.vfio, self->s.bar, self->s.len);
	ASSERT_NE(bar, MAP_FAILED);
	pattern_put(bar, 0, PAGE, 9);
	ASSERT_EQ(importer_attach(self->s.importer, sh->fd, 0), 0);
	ASSERT_EQ(importer_do(self->s.importer, IMPORTER_MAP), 0);
	ASSERT_EQ(importer_read(self->s.importer, 0, got, sizeof(got)), 0);
	EXPECT_TRUE(pattern_is(got, 0, sizeof(got), 9));
}

/*
 * This is the last program, and those before it have made buffers, and mapped, revoked,
 * unmapped and closed them in all orders, some of that in vain. Nothing of it is left:
 * there is no memory that nothing in the kernel points to.
 */
#define KMEMLEAK "/sys/kernel/debug/kmemleak"

/* What is younger is not reported (mm/kmemleak.c: MSECS_MIN_AGE); s */
#define MIN_AGE	5

/* A scan goes through all memory, in a slow kernel; s */
#define SCAN_LIMIT	300

/* Whether the kernel was told to look for leaks, so that it has to. */
static bool asked_for(void)
{
	FILE *f = fopen("/proc/cmdline", "re");
	char line[4096] = "";
	bool asked = f && fgets(line, sizeof(line), f) && strstr(line, "kmemleak=on");

	if (f)
		fclose(f);
	return asked;
}

static int scan(void)
{
	int fd = open(KMEMLEAK, O_WRONLY | O_CLOEXEC), ret;

	if (fd < 0)
		return -1;
	ret = write(fd, "scan", 4) == 4 ? 0 : -1;
	close(fd);
	return ret;
}

/* The first of what was found; what @found has room for */
static int read_found(char *found, size_t size)
{
	int fd = open(KMEMLEAK, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -1;
	n = read(fd, found, size - 1);
	close(fd);
	if (n < 0)
		return -1;
	found[n] = '\0';
	return 0;
}

FIXTURE(unreferenced) {
};

FIXTURE_SETUP(unreferenced)
{
	if (!asked_for())
		SKIP(return, "this machine does not look for leaks");
}

FIXTURE_TEARDOWN(unreferenced)
{
}

TEST_F_TIMEOUT(unreferenced, none, SCAN_LIMIT)
{
	char found[2048];

	sleep(MIN_AGE + 1);
	/* What has changed since it was last looked at is in use: look twice. */
	ASSERT_EQ(scan(), 0);
	ASSERT_EQ(scan(), 0);
	ASSERT_EQ(read_found(found, sizeof(found)), 0);
	EXPECT_STREQ(found, "");
}

TEST_HARNESS_MAIN
