/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A DMA API that only keeps books.
 *
 * It knows what is mapped, linked and allocated, and fails the test when that is
 * undone in another way than it was done.  Any call of it that may fail can be
 * made to.
 */
#ifndef FAKE_DMA_H
#define FAKE_DMA_H

#include <kunit/test.h>
#include <linux/dma-mapping.h>
#include <linux/pci-p2pdma.h>
#include <linux/scatterlist.h>

struct p2pdma_provider;

/* Where dma_map_phys() puts a physical address, and where IOVA space begins */
#define FAKE_DMA_OFFSET	0x100000000000ULL
#define FAKE_IOVA	0x7f0000000000ULL
#define FAKE_IOVA_SIZE	0x010000000000ULL	/* of each of its ranges, at most */
#define FAKE_IOVAS	8

/* What is passed on can be told apart. dma_map_phys() has no error of its own: -EIO */
#define FAKE_LINK_ERROR	(-ENXIO)
#define FAKE_SYNC_ERROR	(-EXDEV)

struct fake_mapping {
	phys_addr_t phys;
	dma_addr_t addr;
	size_t size;
};

/* A range of IOVA space that is taken if it has a size */
struct fake_iova {
	size_t size;
	size_t linked;			/* bytes */
};

struct fake_dma {
	struct kunit *test;

	/* What the routine is given, and shall pass on */
	struct device *dev;
	struct p2pdma_provider *provider;
	enum dma_data_direction dir;

	/* How the device is mapped for */
	enum pci_p2pdma_map_type type;
	bool iommu;

	/* The call that fails, counted from 1; none if 0 */
	unsigned int fail_at;
	unsigned int calls;
	int error;			/* what its caller shall return */
	bool no_table;			/* a table asked for is an error */

	/* What has been done and not undone */
	struct fake_mapping *mapping;
	size_t max_mappings;
	size_t mappings;
	struct fake_iova iova[FAKE_IOVAS];
	size_t linked;			/* bytes, of all ranges */
	size_t synced;			/* bytes, of the last one */
	unsigned int iovas;
	unsigned int allocations;
	unsigned int tables;
	unsigned int table_nents;
};

void fake_dma_use(struct fake_dma *fake);

/* Where the device gets to from @addr, and how much further it can go from there */
phys_addr_t fake_dma_translate(const struct fake_dma *fake, dma_addr_t addr, size_t *left);

/* Whether nothing is mapped, linked or allocated any more */
bool fake_dma_idle(const struct fake_dma *fake);

enum pci_p2pdma_map_type fake_map_type(struct p2pdma_provider *provider,
				       struct device *dev);
dma_addr_t fake_map_phys(struct device *dev, phys_addr_t phys, size_t size,
			 enum dma_data_direction dir, unsigned long attrs);
void fake_unmap_phys(struct device *dev, dma_addr_t addr, size_t size,
		     enum dma_data_direction dir, unsigned long attrs);
int fake_mapping_error(struct device *dev, dma_addr_t addr);
bool fake_use_dma_iommu(struct device *dev);
bool fake_use_iova(struct dma_iova_state *state);
bool fake_iova_try_alloc(struct device *dev, struct dma_iova_state *state,
			 phys_addr_t phys, size_t size);
void fake_iova_free(struct device *dev, struct dma_iova_state *state);
void fake_iova_destroy(struct device *dev, struct dma_iova_state *state,
		       size_t mapped_len, enum dma_data_direction dir,
		       unsigned long attrs);
int fake_iova_sync(struct device *dev, struct dma_iova_state *state,
		   size_t offset, size_t size);
int fake_iova_link(struct device *dev, struct dma_iova_state *state,
		   phys_addr_t phys, size_t offset, size_t size,
		   enum dma_data_direction dir, unsigned long attrs);
void fake_iova_unlink(struct device *dev, struct dma_iova_state *state,
		      size_t offset, size_t size, enum dma_data_direction dir,
		      unsigned long attrs);
void *fake_alloc(size_t size, gfp_t gfp);
void fake_free(const void *p);
int fake_sg_alloc_table(struct sg_table *table, unsigned int nents, gfp_t gfp);
void fake_sg_free_table(struct sg_table *table);
void fake_sg_set_page(struct scatterlist *sg, struct page *page, unsigned int len,
		      unsigned int offset);

#endif
