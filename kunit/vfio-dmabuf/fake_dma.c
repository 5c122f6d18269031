// SPDX-License-Identifier: GPL-2.0-only
#include <linux/math64.h>
#include <linux/slab.h>

#include "fake_dma.h"

static struct fake_dma *fake;

void fake_dma_use(struct fake_dma *f)
{
	fake = f;
}

bool fake_dma_idle(const struct fake_dma *f)
{
	return !f->mappings && !f->iovas && !f->linked && !f->allocations && !f->tables;
}

/* Whether this call is the one that shall fail, with @error */
static bool fails(int error)
{
	if (++fake->calls != fake->fail_at)
		return false;
	fake->error = error;
	return true;
}

phys_addr_t fake_dma_translate(const struct fake_dma *f, dma_addr_t addr, size_t *left)
{
	size_t i;

	for (i = 0; i < f->mappings; i++) {
		const struct fake_mapping *m = &f->mapping[i];

		if (addr < m->addr || addr - m->addr >= m->size)
			continue;
		*left = m->size - (addr - m->addr);
		return m->phys + (addr - m->addr);
	}
	*left = 0;
	return 0;
}

static bool add_mapping(phys_addr_t phys, dma_addr_t addr, size_t size)
{
	if (fake->mappings == fake->max_mappings) {
		KUNIT_FAIL(fake->test, "more mappings than there can be");
		return false;
	}
	fake->mapping[fake->mappings++] = (struct fake_mapping){ phys, addr, size };
	return true;
}

static void check_caller(struct device *dev, enum dma_data_direction dir)
{
	KUNIT_EXPECT_PTR_EQ(fake->test, dev, fake->dev);
	KUNIT_EXPECT_EQ(fake->test, dir, fake->dir);
}

/* A page may be mapped more than once: only the second of these says so. */
static void check_piece_caller(struct device *dev, enum dma_data_direction dir,
			       unsigned long attrs)
{
	check_caller(dev, dir);
	KUNIT_EXPECT_EQ(fake->test, attrs, DMA_ATTR_MMIO | DMA_ATTR_SKIP_CPU_SYNC);
}

static void check_iova_caller(struct device *dev, enum dma_data_direction dir,
			      unsigned long attrs)
{
	check_caller(dev, dir);
	KUNIT_EXPECT_EQ(fake->test, attrs, DMA_ATTR_MMIO);
}

/* The range that @state is of, or NULL if it is of none */
static struct fake_iova *find_iova(struct dma_iova_state *state)
{
	u64 i = div64_u64(state->addr - FAKE_IOVA, FAKE_IOVA_SIZE);

	if (state->addr < FAKE_IOVA || i >= FAKE_IOVAS || !fake->iova[i].size ||
	    state->addr != FAKE_IOVA + i * FAKE_IOVA_SIZE ||
	    state->__size != fake->iova[i].size) {
		KUNIT_FAIL(fake->test, "%pad is no range of IOVA space", &state->addr);
		return NULL;
	}
	return &fake->iova[i];
}

static void drop_mappings(dma_addr_t start, size_t size)
{
	size_t i = 0;

	while (i < fake->mappings) {
		if (fake->mapping[i].addr >= start && fake->mapping[i].addr - start < size)
			fake->mapping[i] = fake->mapping[--fake->mappings];
		else
			i++;
	}
}

enum pci_p2pdma_map_type fake_map_type(struct p2pdma_provider *provider,
				       struct device *dev)
{
	KUNIT_EXPECT_PTR_EQ(fake->test, provider, fake->provider);
	KUNIT_EXPECT_PTR_EQ(fake->test, dev, fake->dev);
	return fake->type;
}

dma_addr_t fake_map_phys(struct device *dev, phys_addr_t phys, size_t size,
			 enum dma_data_direction dir, unsigned long attrs)
{
	check_piece_caller(dev, dir, attrs);
	KUNIT_EXPECT_FALSE(fake->test, fake->iommu);
	KUNIT_EXPECT_EQ(fake->test, fake->type, PCI_P2PDMA_MAP_THRU_HOST_BRIDGE);
	if (fails(-EIO) || !add_mapping(phys, phys + FAKE_DMA_OFFSET, size))
		return DMA_MAPPING_ERROR;
	return phys + FAKE_DMA_OFFSET;
}

void fake_unmap_phys(struct device *dev, dma_addr_t addr, size_t size,
		     enum dma_data_direction dir, unsigned long attrs)
{
	size_t i;

	check_piece_caller(dev, dir, attrs);
	KUNIT_EXPECT_EQ(fake->test, fake->iovas, 0);
	for (i = 0; i < fake->mappings; i++)
		if (fake->mapping[i].addr == addr && fake->mapping[i].size == size)
			break;
	if (i == fake->mappings) {
		KUNIT_FAIL(fake->test, "unmapped, but not mapped so: %pad, %zu bytes",
			   &addr, size);
		return;
	}
	fake->mapping[i] = fake->mapping[--fake->mappings];
}

int fake_mapping_error(struct device *dev, dma_addr_t addr)
{
	return addr == DMA_MAPPING_ERROR ? -ENOMEM : 0;
}

bool fake_use_dma_iommu(struct device *dev)
{
	KUNIT_EXPECT_PTR_EQ(fake->test, dev, fake->dev);
	return fake->iommu;
}

bool fake_use_iova(struct dma_iova_state *state)
{
	return state->__size != 0;
}

bool fake_iova_try_alloc(struct device *dev, struct dma_iova_state *state,
			 phys_addr_t phys, size_t size)
{
	unsigned int i;

	KUNIT_EXPECT_PTR_EQ(fake->test, dev, fake->dev);
	KUNIT_EXPECT_EQ(fake->test, fake->type, PCI_P2PDMA_MAP_THRU_HOST_BRIDGE);
	*state = (struct dma_iova_state){};
	if (!fake->iommu || fails(-ENOMEM))
		return false;
	for (i = 0; i < FAKE_IOVAS && fake->iova[i].size; i++)
		;
	if (i == FAKE_IOVAS || size > FAKE_IOVA_SIZE) {
		KUNIT_FAIL(fake->test, "more IOVA space than there can be");
		return false;
	}
	fake->iovas++;
	fake->iova[i] = (struct fake_iova){ .size = size };
	fake->synced = 0;
	state->addr = FAKE_IOVA + i * FAKE_IOVA_SIZE;
	state->__size = size;
	return true;
}

void fake_iova_free(struct device *dev, struct dma_iova_state *state)
{
	struct fake_iova *iova = find_iova(state);

	KUNIT_EXPECT_PTR_EQ(fake->test, dev, fake->dev);
	if (!iova)
		return;
	KUNIT_EXPECT_EQ(fake->test, iova->linked, 0);
	*iova = (struct fake_iova){};
	fake->iovas--;
}

static void unlink_range(struct dma_iova_state *state, struct fake_iova *iova)
{
	drop_mappings(state->addr, iova->size);
	fake->linked -= iova->linked;
	iova->linked = 0;
}

void fake_iova_destroy(struct device *dev, struct dma_iova_state *state,
		       size_t mapped_len, enum dma_data_direction dir,
		       unsigned long attrs)
{
	struct fake_iova *iova = find_iova(state);

	check_iova_caller(dev, dir, attrs);
	if (!iova)
		return;
	KUNIT_EXPECT_EQ(fake->test, mapped_len, iova->linked);
	unlink_range(state, iova);
	*iova = (struct fake_iova){};
	fake->iovas--;
}

int fake_iova_sync(struct device *dev, struct dma_iova_state *state,
		   size_t offset, size_t size)
{
	KUNIT_EXPECT_PTR_EQ(fake->test, dev, fake->dev);
	KUNIT_EXPECT_EQ(fake->test, offset, 0);
	if (fails(FAKE_SYNC_ERROR))
		return FAKE_SYNC_ERROR;
	fake->synced = size;
	return 0;
}

int fake_iova_link(struct device *dev, struct dma_iova_state *state,
		   phys_addr_t phys, size_t offset, size_t size,
		   enum dma_data_direction dir, unsigned long attrs)
{
	struct fake_iova *iova = find_iova(state);

	check_iova_caller(dev, dir, attrs);
	if (!iova)
		return -EINVAL;
	KUNIT_EXPECT_EQ(fake->test, offset, iova->linked);
	if (fails(FAKE_LINK_ERROR))
		return FAKE_LINK_ERROR;
	KUNIT_EXPECT_LE(fake->test, size, iova->size - iova->linked);
	if (!add_mapping(phys, state->addr + offset, size))
		return -ENOSPC;
	iova->linked += size;
	fake->linked += size;
	return 0;
}

void fake_iova_unlink(struct device *dev, struct dma_iova_state *state,
		      size_t offset, size_t size, enum dma_data_direction dir,
		      unsigned long attrs)
{
	struct fake_iova *iova = find_iova(state);

	check_iova_caller(dev, dir, attrs);
	if (!iova)
		return;
	KUNIT_EXPECT_EQ(fake->test, offset, 0);
	KUNIT_EXPECT_GT(fake->test, size, 0);
	KUNIT_EXPECT_EQ(fake->test, size, iova->linked);
	unlink_range(state, iova);
}

void *fake_alloc(size_t size, gfp_t gfp)
{
	void *p = fails(-ENOMEM) ? NULL : kzalloc(size, gfp);

	fake->allocations += !!p;
	return p;
}

void fake_free(const void *p)
{
	fake->allocations -= !!p;
	kfree(p);
}

int fake_sg_alloc_table(struct sg_table *table, unsigned int nents, gfp_t gfp)
{
	int ret;

	if (fake->no_table) {
		KUNIT_FAIL(fake->test, "a table of %u entries was asked for", nents);
		return -ENOMEM;
	}
	if (fails(-ENOMEM))
		return -ENOMEM;
	ret = sg_alloc_table(table, nents, gfp);
	if (!ret) {
		fake->tables++;
		fake->table_nents = nents;
	}
	return ret;
}

void fake_sg_free_table(struct sg_table *table)
{
	KUNIT_EXPECT_GE(fake->test, fake->tables, 1);
	/* sg_free_table() frees so many, no more */
	KUNIT_EXPECT_EQ(fake->test, table->orig_nents, fake->table_nents);
	fake->tables--;
	sg_free_table(table);
}

void fake_sg_set_page(struct scatterlist *sg, struct page *page, unsigned int len,
		      unsigned int offset)
{
	KUNIT_ASSERT_NOT_NULL_MSG(fake->test, sg, "the table of %u has no entry left",
				  fake->table_nents);
	sg_set_page(sg, page, len, offset);
}
