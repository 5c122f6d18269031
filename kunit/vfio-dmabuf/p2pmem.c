// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/ktime.h>
#include <linux/pci-p2pdma.h>
#include <linux/scatterlist.h>

#include "p2pmem.h"

/* From the last page to the first, so that each is a range for itself. */
static int map(struct device *dev, struct sg_table *sgt, void *mem, u32 pages)
{
	struct scatterlist *sg;
	unsigned int i;
	int ret = sg_alloc_table(sgt, pages, GFP_KERNEL);

	if (ret)
		return ret;
	for_each_sgtable_sg(sgt, sg, i)
		sg_set_page(sg, virt_to_page(mem + (pages - 1 - i) * PAGE_SIZE), PAGE_SIZE, 0);
	ret = dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL, 0);
	if (ret)
		sg_free_table(sgt);
	return ret;
}

static void unmap(struct device *dev, struct sg_table *sgt)
{
	dma_unmap_sgtable(dev, sgt, DMA_BIDIRECTIONAL, 0);
	sg_free_table(sgt);
}

static int cost_of(struct device *dev, void *mem, struct importer_cost *c)
{
	struct sg_table sgt;

	for (u32 i = 0; i < c->times; i++) {
		u64 begin = ktime_get_ns(), mapped;
		int ret = map(dev, &sgt, mem, c->pages);

		mapped = ktime_get_ns();
		if (ret)
			return ret;
		unmap(dev, &sgt);
		c->map += mapped - begin;
		c->unmap += ktime_get_ns() - mapped;
	}
	return 0;
}

int p2pmem_cost(struct pci_dev *client, struct importer_cost *c)
{
	struct pci_dev *provider = pci_p2pmem_find(&client->dev);
	const size_t len = c->pages * PAGE_SIZE;
	int ret = -ENOMEM;
	void *mem;

	if (!provider)
		return -ENODEV;
	mem = pci_alloc_p2pmem(provider, len);
	if (mem) {
		ret = cost_of(&client->dev, mem, c);
		pci_free_p2pmem(provider, mem, len);
	}
	pci_dev_put(provider);
	return ret;
}
