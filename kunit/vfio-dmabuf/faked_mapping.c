// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-buf-mapping.h>
#include <linux/dma-resv.h>
#include <linux/export.h>
#include <linux/iommu-dma.h>
#include <linux/list.h>
#include <linux/overflow.h>
#include <linux/pci-p2pdma.h>
#include <linux/sizes.h>
#include <linux/slab.h>

#include "fake_dma.h"
#include "faked_mapping.h"

#define dma_buf_phys_vec_to_sgt		faked_phys_vec_to_sgt
#define dma_buf_free_sgt		faked_free_sgt
#define dma_buf_can_revoke_sgt		faked_can_revoke_sgt
#define dma_buf_revoke_sgts		faked_revoke_sgts
#define pci_p2pdma_map_type(p, d)	fake_map_type(p, d)
#define dma_map_phys			fake_map_phys
#define dma_unmap_phys			fake_unmap_phys
#define dma_mapping_error		fake_mapping_error
#define dma_use_iova			fake_use_iova
#define use_dma_iommu			fake_use_dma_iommu
#define dma_iova_try_alloc		fake_iova_try_alloc
#define dma_iova_free			fake_iova_free
#define dma_iova_destroy		fake_iova_destroy
#define dma_iova_sync			fake_iova_sync
#define dma_iova_link			fake_iova_link
#define dma_iova_unlink			fake_iova_unlink
#define sg_alloc_table			fake_sg_alloc_table
#define sg_free_table			fake_sg_free_table
#define sg_set_page			fake_sg_set_page
#undef kzalloc
#define kzalloc				fake_alloc
#define kfree				fake_free
#undef EXPORT_SYMBOL_NS_GPL
#define EXPORT_SYMBOL_NS_GPL(name, ns)

#include "../../../drivers/dma-buf/dma-buf-mapping.c"
