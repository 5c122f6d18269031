// SPDX-License-Identifier: GPL-2.0-only
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

static void check_caller(struct device *dev, enum dma_data_direction dir,
			 unsigned long attrs)
{
	KUNIT_EXPECT_PTR_EQ(fake->test, dev, fake->dev);
	KUNIT_EXPECT_EQ(fake->test, dir, fake->dir);
	KUNIT_EXPECT_EQ(fake->test, attrs, DMA_ATTR_MMIO);
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
	check_caller(dev, dir, attrs);
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

	check_caller(dev, dir, attrs);
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
	KUNIT_EXPECT_PTR_EQ(fake->test, dev, fake->dev);
	KUNIT_EXPECT_EQ(fake->test, fake->type, PCI_P2PDMA_MAP_THRU_HOST_BRIDGE);
	*state = (struct dma_iova_state){};
	if (!fake->iommu || fails(-ENOMEM))
		return false;
	fake->iovas++;
	fake->iova_size = size;
	fake->linked = 0;
	fake->synced = 0;
	state->addr = FAKE_IOVA;
	state->__size = size;
	return true;
}

void fake_iova_free(struct device *dev, struct dma_iova_state *state)
{
	KUNIT_EXPECT_PTR_EQ(fake->test, dev, fake->dev);
	KUNIT_EXPECT_EQ(fake->test, fake->iovas, 1);
	KUNIT_EXPECT_EQ(fake->test, fake->linked, 0);
	fake->iovas--;
}

void fake_iova_destroy(struct device *dev, struct dma_iova_state *state,
		       size_t mapped_len, enum dma_data_direction dir,
		       unsigned long attrs)
{
	check_caller(dev, dir, attrs);
	KUNIT_EXPECT_EQ(fake->test, fake->iovas, 1);
	KUNIT_EXPECT_EQ(fake->test, state->addr, FAKE_IOVA);
	KUNIT_EXPECT_EQ(fake->test, state->__size, fake->iova_size);
	KUNIT_EXPECT_EQ(fake->test, mapped_len, fake->linked);
	fake->iovas--;
	fake->mappings = 0;
	fake->linked = 0;
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
	check_caller(dev, dir, attrs);
	KUNIT_EXPECT_EQ(fake->test, fake->iovas, 1);
	KUNIT_EXPECT_EQ(fake->test, offset, fake->linked);
	if (fails(FAKE_LINK_ERROR))
		return FAKE_LINK_ERROR;
	KUNIT_EXPECT_LE(fake->test, size, fake->iova_size - fake->linked);
	if (!add_mapping(phys, state->addr + offset, size))
		return -ENOSPC;
	fake->linked += size;
	return 0;
}

void fake_iova_unlink(struct device *dev, struct dma_iova_state *state,
		      size_t offset, size_t size, enum dma_data_direction dir,
		      unsigned long attrs)
{
	check_caller(dev, dir, attrs);
	KUNIT_EXPECT_EQ(fake->test, fake->iovas, 1);
	KUNIT_EXPECT_EQ(fake->test, offset, 0);
	KUNIT_EXPECT_GT(fake->test, size, 0);
	KUNIT_EXPECT_EQ(fake->test, size, fake->linked);
	fake->mappings = 0;
	fake->linked = 0;
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
