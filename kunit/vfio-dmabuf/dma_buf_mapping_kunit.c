// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests for dma_buf_phys_vec_to_sgt(), dma_buf_revoke_sgts() and
 * dma_buf_free_sgt()
 *
 * They run on a DMA API that keeps books, so that addresses and sizes need no
 * hardware behind them, every step can fail, and what is not undone is seen.
 */
#include <kunit/test.h>
#include <linux/dma-buf.h>
#include <linux/dma-resv.h>
#include <linux/sizes.h>

#include "fake_dma.h"
#include "faked_mapping.h"

#define BUS_OFFSET	0xc0000000ULL
/* No piece is smaller, but the last one of what is contiguous */
#define MIN_PIECE	SZ_1G
#define MAX_RANGES	1500

/* Ways from one device to the other */
struct way {
	const char *name;
	enum pci_p2pdma_map_type type;
	bool iommu;
};

static const struct way ways[] = {
	{ "bus", PCI_P2PDMA_MAP_BUS_ADDR, true },
	{ "host bridge", PCI_P2PDMA_MAP_THRU_HOST_BRIDGE, false },
	{ "host bridge, iova", PCI_P2PDMA_MAP_THRU_HOST_BRIDGE, true },
};

/* @n ranges of @len bytes, with @gap bytes after each */
struct layout {
	const char *name;
	size_t n;
	u64 len;
	u64 gap;
};

static const struct layout layouts[] = {
	{ "a page", 1, SZ_4K, 0 },
	{ "1 MiB", 1, SZ_1M, 0 },
	{ "3 x 64 KiB", 3, SZ_64K, SZ_1M },
	{ "3 neighbours", 3, SZ_64K, 0 },
	{ "1500 pages", MAX_RANGES, SZ_4K, SZ_4K },
	{ "2 GiB", 1, SZ_2G, 0 },
	{ "2 x 2 GiB", 2, SZ_2G, SZ_1M },
	{ "4 GiB - 8 KiB", 1, SZ_4G - SZ_8K, 0 },
	{ "4 GiB - 4 KiB", 1, SZ_4G - SZ_4K, 0 },
	{ "4 GiB", 1, SZ_4G, 0 },
	{ "4 GiB + 4 KiB", 1, SZ_4G + SZ_4K, 0 },
	{ "8 GiB - 8 KiB", 1, SZ_8G - SZ_8K, 0 },
	{ "3 x 3 GiB", 3, 3ULL * SZ_1G, SZ_4K },
	{ "3 x 6 GiB", 3, 6ULL * SZ_1G, SZ_1G },
	{ "64 GiB", 1, SZ_64G, 0 },
};

struct mapping_case {
	const struct way *way;
	const struct layout *layout;
};

struct mapping_test {
	struct fake_dma fake;
	struct dma_buf dmabuf;
	struct dma_resv resv;
	struct dma_buf_attachment attach;
	struct dma_buf_attachment other;
	struct p2pdma_provider provider;
	struct device dev;
	u64 mask;
	struct dma_buf_phys_vec vec[MAX_RANGES];
	size_t n;
	size_t size;
};

static const void *case_gen(struct kunit *test, const void *prev, char *desc)
{
	static struct mapping_case c;
	static unsigned int i;

	i = prev ? i + 1 : 0;
	if (i == ARRAY_SIZE(ways) * ARRAY_SIZE(layouts))
		return NULL;
	c.way = &ways[i / ARRAY_SIZE(layouts)];
	c.layout = &layouts[i % ARRAY_SIZE(layouts)];
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s: %s", c.way->name, c.layout->name);
	return &c;
}

KUNIT_ARRAY_PARAM_DESC(way, ways, name);

static void go(struct mapping_test *t, const struct way *way)
{
	t->fake.type = way->type;
	t->fake.iommu = way->iommu;
}

static void lay(struct mapping_test *t, const struct layout *layout)
{
	phys_addr_t at = 0x380000000000ULL;
	size_t i;

	for (i = 0; i < layout->n; i++) {
		t->vec[i] = (struct dma_buf_phys_vec){ .paddr = at, .len = layout->len };
		at += layout->len + layout->gap;
	}
	t->n = layout->n;
	t->size = layout->n * layout->len;
}

static struct sg_table *map_for(struct mapping_test *t, struct dma_buf_attachment *attach)
{
	struct sg_table *sgt;

	t->fake.calls = 0;
	t->fake.error = 0;
	dma_resv_lock(&t->resv, NULL);
	sgt = faked_phys_vec_to_sgt(attach, &t->provider, t->vec, t->n, t->size,
				    t->fake.dir);
	dma_resv_unlock(&t->resv);
	return sgt;
}

static struct sg_table *map(struct mapping_test *t)
{
	return map_for(t, &t->attach);
}

static void unmap_for(struct mapping_test *t, struct dma_buf_attachment *attach,
		      struct sg_table *sgt)
{
	dma_resv_lock(&t->resv, NULL);
	faked_free_sgt(attach, sgt);
	dma_resv_unlock(&t->resv);
}

static void unmap(struct mapping_test *t, struct sg_table *sgt)
{
	unmap_for(t, &t->attach, sgt);
}

static phys_addr_t translate(struct mapping_test *t, dma_addr_t addr, size_t *left)
{
	if (t->fake.type != PCI_P2PDMA_MAP_BUS_ADDR)
		return fake_dma_translate(&t->fake, addr, left);
	*left = SIZE_MAX;
	return addr - BUS_OFFSET;
}

/* A place in the ranges */
struct place {
	size_t range;
	size_t at;
};

/* Go through what the device reaches by @sg, and hold it against the ranges. */
static void check_piece(struct kunit *test, struct scatterlist *sg, struct place *p)
{
	struct mapping_test *t = test->priv;
	dma_addr_t addr = sg_dma_address(sg);
	size_t len = sg_dma_len(sg);

	while (len) {
		size_t left, step;
		phys_addr_t phys = translate(t, addr, &left);

		KUNIT_ASSERT_LT(test, p->range, t->n);
		step = min3(left, len, t->vec[p->range].len - p->at);
		KUNIT_ASSERT_GT_MSG(test, step, 0, "%pad is not mapped", &addr);
		KUNIT_ASSERT_EQ(test, phys, t->vec[p->range].paddr + p->at);
		addr += step;
		len -= step;
		p->at += step;
		if (p->at == t->vec[p->range].len)
			*p = (struct place){ .range = p->range + 1 };
	}
}

static bool run_ends(struct mapping_test *t, const struct place *p)
{
	if (t->fake.iovas)
		return p->range == t->n;
	return !p->at;
}

static void check_table(struct kunit *test, struct sg_table *sgt)
{
	struct mapping_test *t = test->priv;
	struct place p = {};
	struct scatterlist *sg;
	unsigned int i;

	KUNIT_ASSERT_EQ(test, sgt->nents, t->fake.table_nents);
	for_each_sgtable_dma_sg(sgt, sg, i) {
		KUNIT_ASSERT_GT(test, sg_dma_len(sg), 0);
		KUNIT_ASSERT_TRUE(test, PAGE_ALIGNED(sg_dma_address(sg)));
		KUNIT_ASSERT_TRUE(test, PAGE_ALIGNED(sg_dma_len(sg)));
		check_piece(test, sg, &p);
		if (!run_ends(t, &p))
			KUNIT_ASSERT_GE(test, sg_dma_len(sg), MIN_PIECE);
		KUNIT_EXPECT_EQ(test, !!sg_is_last(sg), i + 1 == sgt->nents);
	}
	KUNIT_EXPECT_EQ(test, p.range, t->n);
}

/* There is no memory that the CPU could use: an importer must not find any. */
static void check_no_pages(struct kunit *test, struct sg_table *sgt)
{
	struct scatterlist *sg;
	unsigned int i;

	KUNIT_EXPECT_EQ(test, sgt->orig_nents, 0);
	for_each_sgtable_dma_sg(sgt, sg, i)
		KUNIT_ASSERT_NULL(test, sg_page(sg));
}

/* What is reached through the table is what the ranges say, until it is freed. */
static void mapping_reaches(struct kunit *test)
{
	const struct mapping_case *c = test->param_value;
	struct mapping_test *t = test->priv;
	struct sg_table *sgt;

	go(t, c->way);
	lay(t, c->layout);
	sgt = map(t);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sgt);
	check_table(test, sgt);
	check_no_pages(test, sgt);
	if (t->fake.iovas)
		KUNIT_EXPECT_EQ(test, t->fake.synced, t->size);
	unmap(t, sgt);
	KUNIT_EXPECT_TRUE(test, fake_dma_idle(&t->fake));
}

/* A bus address needs no IOMMU: nothing is mapped, or taken from IOVA space. */
static void mapping_bus_is_direct(struct kunit *test)
{
	struct mapping_test *t = test->priv;
	struct sg_table *sgt;

	go(t, &ways[0]);
	lay(t, &layouts[2]);
	sgt = map(t);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sgt);
	KUNIT_EXPECT_EQ(test, t->fake.mappings, 0);
	KUNIT_EXPECT_EQ(test, t->fake.iovas, 0);
	unmap(t, sgt);
}

/* Either direction, or both, is asked of the DMA API as it was asked for. */
static void mapping_direction(struct kunit *test)
{
	static const enum dma_data_direction dirs[] = {
		DMA_BIDIRECTIONAL, DMA_TO_DEVICE, DMA_FROM_DEVICE,
	};
	struct mapping_test *t = test->priv;
	struct sg_table *sgt;
	size_t i;

	go(t, test->param_value);
	lay(t, &layouts[2]);
	for (i = 0; i < ARRAY_SIZE(dirs); i++) {
		t->fake.dir = dirs[i];
		sgt = map(t);
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sgt);
		unmap(t, sgt);
	}
}

/* Devices that cannot reach each other get an error, and nothing is done. */
static void mapping_not_supported(struct kunit *test)
{
	static const enum pci_p2pdma_map_type types[] = {
		PCI_P2PDMA_MAP_UNKNOWN, PCI_P2PDMA_MAP_NONE, PCI_P2PDMA_MAP_NOT_SUPPORTED,
	};
	struct mapping_test *t = test->priv;
	size_t i;

	lay(t, &layouts[2]);
	t->fake.iommu = true;
	t->fake.no_table = true;
	for (i = 0; i < ARRAY_SIZE(types); i++) {
		t->fake.type = types[i];
		KUNIT_EXPECT_PTR_EQ(test, map(t), ERR_PTR(-EREMOTEIO));
		KUNIT_EXPECT_TRUE(test, fake_dma_idle(&t->fake));
	}
}

/*
 * Whatever step fails, its error is what the caller gets, and those before it
 * are undone.
 */
static void mapping_each_step_fails(struct kunit *test)
{
	struct mapping_test *t = test->priv;
	unsigned int steps;
	struct sg_table *sgt;

	go(t, test->param_value);
	lay(t, &layouts[2]);
	sgt = map(t);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sgt);
	steps = t->fake.calls;
	unmap(t, sgt);
	KUNIT_ASSERT_GE(test, steps, 2 + (t->fake.type == PCI_P2PDMA_MAP_BUS_ADDR ? 0 : 3));

	for (t->fake.fail_at = 1; t->fake.fail_at <= steps; t->fake.fail_at++) {
		sgt = map(t);
		KUNIT_ASSERT_NE(test, t->fake.error, 0);
		KUNIT_EXPECT_PTR_EQ(test, sgt, ERR_PTR(t->fake.error));
		KUNIT_ASSERT_TRUE_MSG(test, fake_dma_idle(&t->fake), "after step %u of %u",
				      t->fake.fail_at, steps);
	}
}

/* The same past 4 GiB, where what has been linked is more than 32 bits say. */
static void mapping_fails_late(struct kunit *test)
{
	const struct layout late = { "3 x 6 GiB", 3, 6ULL * SZ_1G, SZ_1G };
	struct mapping_test *t = test->priv;
	struct sg_table *sgt;

	go(t, test->param_value);
	lay(t, &late);
	sgt = map(t);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sgt);
	t->fake.fail_at = t->fake.calls;
	unmap(t, sgt);

	KUNIT_EXPECT_TRUE(test, IS_ERR(map(t)));
	KUNIT_EXPECT_TRUE(test, fake_dma_idle(&t->fake));
}

static void revoke(struct mapping_test *t)
{
	dma_resv_lock(&t->resv, NULL);
	faked_revoke_sgts(&t->dmabuf);
	dma_resv_unlock(&t->resv);
}

/*
 * Nothing is translated any more after it is revoked, but the addresses stay
 * taken, and the table stays what it was. What is not translated stays mapped.
 */
static void mapping_revoked(struct kunit *test)
{
	struct mapping_test *t = test->priv;
	struct sg_table *sgt;
	size_t mappings, left;
	bool iova;

	go(t, test->param_value);
	lay(t, &layouts[2]);
	sgt = map(t);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sgt);
	iova = t->fake.iovas;
	mappings = t->fake.mappings;
	KUNIT_EXPECT_EQ(test, faked_can_revoke_sgt(sgt), iova);

	revoke(t);
	KUNIT_EXPECT_EQ(test, t->fake.linked, 0);
	KUNIT_EXPECT_EQ(test, t->fake.iovas, iova);
	KUNIT_EXPECT_EQ(test, t->fake.mappings, iova ? 0 : mappings);
	KUNIT_EXPECT_EQ(test, sgt->nents, t->fake.table_nents);
	KUNIT_EXPECT_EQ(test, faked_can_revoke_sgt(sgt), iova);
	if (iova) {
		KUNIT_EXPECT_EQ(test, sg_dma_address(sgt->sgl), FAKE_IOVA);
		fake_dma_translate(&t->fake, FAKE_IOVA, &left);
		KUNIT_EXPECT_EQ(test, left, 0);
	} else {
		check_table(test, sgt);
	}

	revoke(t);
	unmap(t, sgt);
	KUNIT_EXPECT_TRUE(test, fake_dma_idle(&t->fake));
	revoke(t);
}

/* What is mapped after that is as if nothing had been. */
static void mapping_again_after_revoked(struct kunit *test)
{
	struct mapping_test *t = test->priv;
	struct sg_table *sgt;

	go(t, test->param_value);
	lay(t, &layouts[2]);
	sgt = map(t);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sgt);
	revoke(t);
	unmap(t, sgt);
	sgt = map(t);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sgt);
	check_table(test, sgt);
	unmap(t, sgt);
	KUNIT_EXPECT_TRUE(test, fake_dma_idle(&t->fake));
}

/* All mappings of each attachment are revoked, and what is mapped then is not. */
static void mapping_all_revoked(struct kunit *test)
{
	struct mapping_test *t = test->priv;
	struct dma_buf_attachment *attach[] = {
		&t->attach, &t->attach, &t->attach, &t->other, &t->other,
	};
	struct sg_table *sgt[ARRAY_SIZE(attach)];
	size_t i, left;

	go(t, &ways[2]);
	lay(t, &layouts[2]);
	for (i = 0; i < ARRAY_SIZE(attach); i++) {
		sgt[i] = map_for(t, attach[i]);
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sgt[i]);
	}
	KUNIT_EXPECT_EQ(test, t->fake.linked, ARRAY_SIZE(attach) * t->size);
	revoke(t);
	KUNIT_EXPECT_EQ(test, t->fake.linked, 0);
	KUNIT_EXPECT_EQ(test, t->fake.mappings, 0);
	KUNIT_EXPECT_EQ(test, t->fake.iovas, ARRAY_SIZE(attach));

	for (i = 0; i < ARRAY_SIZE(attach); i++) {
		fake_dma_translate(&t->fake, sg_dma_address(sgt[i]->sgl), &left);
		KUNIT_EXPECT_EQ(test, left, 0);
		unmap_for(t, attach[i], sgt[i]);
		sgt[i] = map_for(t, attach[i]);
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sgt[i]);
		check_table(test, sgt[i]);
	}
	for (i = 0; i < ARRAY_SIZE(attach); i++)
		unmap_for(t, attach[i], sgt[i]);
	KUNIT_EXPECT_TRUE(test, fake_dma_idle(&t->fake));
}

/* An importer may join entries: what was mapped is unmapped all the same. */
static void mapping_table_changed(struct kunit *test)
{
	struct mapping_test *t = test->priv;
	struct sg_table *sgt;

	go(t, test->param_value);
	lay(t, &layouts[2]);
	sgt = map(t);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sgt);
	sgt->nents = 1;
	unmap(t, sgt);
	KUNIT_EXPECT_TRUE(test, fake_dma_idle(&t->fake));
}

static void refused(struct kunit *test, int error)
{
	struct mapping_test *t = test->priv;

	t->fake.no_table = true;
	KUNIT_EXPECT_PTR_EQ(test, map(t), ERR_PTR(error));
	KUNIT_EXPECT_TRUE(test, fake_dma_idle(&t->fake));
}

/* Map it for a device that gets that far, which is far enough, or is not. */
static void reach(struct kunit *test, u64 mask, u64 limit, bool reaches)
{
	struct mapping_test *t = test->priv;
	struct sg_table *sgt;

	t->mask = mask;
	t->dev.bus_dma_limit = limit;
	t->fake.no_table = false;
	if (!reaches) {
		refused(test, -EREMOTEIO);
		return;
	}
	sgt = map(t);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sgt);
	unmap(t, sgt);
}

/*
 * How far the device can go matters where its addresses are physical ones; an
 * IOMMU and the bus have others. It is the last byte of all ranges that counts.
 */
static void mapping_out_of_reach(struct kunit *test)
{
	struct mapping_test *t = test->priv;
	const u64 far = DMA_BIT_MASK(64);
	bool other;
	u64 last;

	go(t, test->param_value);
	lay(t, &layouts[2]);
	other = t->fake.iommu || t->fake.type == PCI_P2PDMA_MAP_BUS_ADDR;
	last = t->vec[2].paddr + t->vec[2].len - 1;
	reach(test, last, 0, true);
	reach(test, last - 1, 0, other);
	reach(test, t->vec[2].paddr - 1, 0, other);
	reach(test, far, last, true);
	reach(test, far, last - 1, other);
	reach(test, DMA_BIT_MASK(32), 0, other);
	KUNIT_EXPECT_TRUE(test, fake_dma_idle(&t->fake));
}

/* Mappings of one attachment are undone in whatever order. */
static void mapping_any_order(struct kunit *test)
{
	static const u8 orders[][3] = {
		{ 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 },
	};
	struct mapping_test *t = test->priv;
	struct sg_table *sgt[3];
	size_t i, j;

	go(t, test->param_value);
	lay(t, &layouts[2]);
	for (i = 0; i < ARRAY_SIZE(orders); i++) {
		for (j = 0; j < 3; j++) {
			sgt[j] = map(t);
			KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sgt[j]);
		}
		for (j = 0; j < 3; j++) {
			unmap(t, sgt[orders[i][j]]);
			/* Nothing may be looked at that is freed. */
			KUNIT_ASSERT_EQ(test, !!t->attach.priv, j < 2);
			revoke(t);
		}
		KUNIT_EXPECT_TRUE(test, fake_dma_idle(&t->fake));
	}
}

/* More pieces than a table can count, in one range and in the sum of several. */
static void mapping_too_many_pieces(struct kunit *test)
{
	const struct layout one = { "all there is", 1, SIZE_MAX & PAGE_MASK, 0 };
	const struct layout three = { "three quarters", 3, 1ULL << 62, 0 };
	struct mapping_test *t = test->priv;

	go(t, test->param_value);
	lay(t, &one);
	refused(test, -EOVERFLOW);
	lay(t, &three);
	refused(test, -EOVERFLOW);
}

/* Ranges whose sum is more than a size_t. */
static void mapping_too_long(struct kunit *test)
{
	const struct layout halves = { "halves", 2, 1ULL << 63, 0 };
	const struct layout more = { "and a page", 1, SZ_4K, 0 };
	struct mapping_test *t = test->priv;

	go(t, test->param_value);
	lay(t, &halves);
	refused(test, -EOVERFLOW);
	lay(t, &more);
	t->vec[1].len = SIZE_MAX & PAGE_MASK;
	t->n = 2;
	t->size = 0;
	refused(test, -EOVERFLOW);
}

/* A size that is not what the ranges come to, and nothing at all. */
static void mapping_wrong_size(struct kunit *test)
{
	struct mapping_test *t = test->priv;

	go(t, test->param_value);
	lay(t, &layouts[2]);
	t->size -= SZ_4K;
	refused(test, -EINVAL);
	t->size += SZ_8K;
	refused(test, -EINVAL);
	t->n = 0;
	t->size = 0;
	refused(test, -EINVAL);
}

static int mapping_init(struct kunit *test)
{
	struct mapping_test *t = kunit_kzalloc(test, sizeof(*t), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, t);
	dma_resv_init(&t->resv);
	t->dmabuf.resv = &t->resv;
	INIT_LIST_HEAD(&t->dmabuf.attachments);
	list_add(&t->attach.node, &t->dmabuf.attachments);
	list_add_tail(&t->other.node, &t->dmabuf.attachments);
	t->attach.dmabuf = &t->dmabuf;
	t->attach.dev = &t->dev;
	t->other.dmabuf = &t->dmabuf;
	t->other.dev = &t->dev;
	t->mask = DMA_BIT_MASK(64);
	t->dev.dma_mask = &t->mask;
	t->provider.bus_offset = BUS_OFFSET;
	t->fake.test = test;
	t->fake.dev = &t->dev;
	t->fake.provider = &t->provider;
	t->fake.dir = DMA_BIDIRECTIONAL;
	t->fake.max_mappings = MAX_RANGES;
	t->fake.mapping = kunit_kcalloc(test, t->fake.max_mappings,
					sizeof(*t->fake.mapping), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, t->fake.mapping);
	fake_dma_use(&t->fake);
	test->priv = t;
	return 0;
}

static void mapping_exit(struct kunit *test)
{
	struct mapping_test *t = test->priv;

	if (t)
		dma_resv_fini(&t->resv);
}

static struct kunit_case mapping_cases[] = {
	KUNIT_CASE_PARAM(mapping_reaches, case_gen),
	KUNIT_CASE(mapping_bus_is_direct),
	KUNIT_CASE_PARAM(mapping_direction, way_gen_params),
	KUNIT_CASE(mapping_not_supported),
	KUNIT_CASE_PARAM(mapping_each_step_fails, way_gen_params),
	KUNIT_CASE_PARAM(mapping_fails_late, way_gen_params),
	KUNIT_CASE_PARAM(mapping_revoked, way_gen_params),
	KUNIT_CASE_PARAM(mapping_again_after_revoked, way_gen_params),
	KUNIT_CASE(mapping_all_revoked),
	KUNIT_CASE_PARAM(mapping_table_changed, way_gen_params),
	KUNIT_CASE_PARAM(mapping_out_of_reach, way_gen_params),
	KUNIT_CASE_PARAM(mapping_any_order, way_gen_params),
	KUNIT_CASE_PARAM(mapping_too_many_pieces, way_gen_params),
	KUNIT_CASE_PARAM(mapping_too_long, way_gen_params),
	KUNIT_CASE_PARAM(mapping_wrong_size, way_gen_params),
	{}
};

static struct kunit_suite mapping_suite = {
	.name = "dma_buf_mapping",
	.init = mapping_init,
	.exit = mapping_exit,
	.test_cases = mapping_cases,
};

kunit_test_suite(mapping_suite);

MODULE_DESCRIPTION("KUnit tests for the dma-buf mapping of physical ranges");
MODULE_LICENSE("GPL");
