/* SPDX-License-Identifier: GPL-2.0-only */
/* drivers/dma-buf/dma-buf-mapping.c once more, on top of the fake DMA API. */
#ifndef FAKED_MAPPING_H
#define FAKED_MAPPING_H

#include <linux/dma-buf.h>
#include <linux/pci-p2pdma.h>

struct sg_table *faked_phys_vec_to_sgt(struct dma_buf_attachment *attach,
				       struct p2pdma_provider *provider,
				       const struct dma_buf_phys_vec *phys_vec,
				       size_t nr_ranges, size_t size,
				       enum dma_data_direction dir);
bool faked_can_revoke_sgt(struct sg_table *sgt);
void faked_revoke_sgts(struct dma_buf *dmabuf);
void faked_free_sgt(struct dma_buf_attachment *attach, struct sg_table *sgt);

#endif
