// SPDX-License-Identifier: GPL-2.0-only
/*
 * What it costs to map memory of another device, and to unmap it, by the number of
 * its ranges, each a page: with struct pages, and since patch 10 as a dma-buf.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../../../kselftest_harness.h"
#include "../expect.h"
#include "../scene.h"

#define TIMES	500
/* How long the driver of the other device may take to publish its memory */
#define READY	20000	/* ms */

static const __u32 ranges[] = { 1, 8, 64, EXPORT_RANGES };

FIXTURE(map) {
	struct scene s;
};

FIXTURE_SETUP(map)
{
	const struct scene_kind kind = { IVSHMEM, 2, VFIO_BY_CDEV };

	ASSERT_EQ(scene_begin(&self->s, &kind), 0);
}

FIXTURE_TEARDOWN(map)
{
	scene_end(&self->s);
}

static void figure(const char *way, const char *what, __u32 n, __u64 ns)
{
	printf("# bench %s/%s-%u %.2f us\n", way, what, n, ns / 1000.0 / TIMES);
	fflush(stdout);
}

static int cost(const struct scene *s, unsigned long of, const char *way, __u32 n)
{
	struct importer_cost c = { .times = TIMES, .pages = n };

	if (ioctl(s->importer, of, &c))
		return -errno;
	figure(way, "map", n, c.map);
	figure(way, "unmap", n, c.unmap);
	return 0;
}

TEST_F(map, pages)
{
	struct importer_cost none = { .pages = 1 };

	for (int ms = 0; ms < READY; ms++) {
		if (!ioctl(self->s.importer, IMPORTER_COST_OF_PAGES, &none))
			break;
		usleep(1000);
	}
	for (int i = 0; i < ARRAY_SIZE(ranges); i++)
		ASSERT_EQ(cost(&self->s, IMPORTER_COST_OF_PAGES, "pages", ranges[i]), 0);
}

#if EXPORTS
/* From the last page to the first, as pages are, so that no two are one range. */
static int export_pages(const struct scene *s, __u32 n)
{
	struct export e = export_of(s->bar, 0, PAGE);

	e.nr_ranges = n;
	for (__u32 i = 0; i < n; i++)
		e.range[i] = (struct vfio_region_dma_range){ (n - 1 - i) * PAGE, PAGE };
	return export(s->vfio.fd, &e);
}

TEST_F(map, dmabuf)
{
	for (int i = 0; i < ARRAY_SIZE(ranges); i++) {
		int fd = export_pages(&self->s, ranges[i]);

		ASSERT_GE(fd, 0);
		ASSERT_EQ(importer_attach(self->s.importer, fd, 0), 0);
		ASSERT_EQ(cost(&self->s, IMPORTER_COST, "dma-buf", ranges[i]), 0);
		ASSERT_EQ(importer_do(self->s.importer, IMPORTER_DETACH), 0);
		close(fd);
	}
}
#endif

TEST_HARNESS_MAIN
