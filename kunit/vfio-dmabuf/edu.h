/* SPDX-License-Identifier: GPL-2.0-only */
/* The DMA engine of QEMU's edu device (docs/specs/edu.txt there). */
#ifndef EDU_H
#define EDU_H

#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/pci.h>

struct edu {
	struct pci_dev *pdev;	/* NULL when it is gone; under lock */
	struct mutex lock;
	void __iomem *regs;
	void *host;		/* EDU_MAX bytes that the device can reach */
	dma_addr_t host_dma;
};

/* Its memory has twice that, but it refuses to fill it. */
#define EDU_MAX		2048

int edu_begin(struct edu *edu, struct pci_dev *pdev);
void edu_end(struct edu *edu);

/* Move @len bytes between edu->host and @addr; the caller holds the lock. */
int edu_read(struct edu *edu, dma_addr_t addr, size_t len);
int edu_write(struct edu *edu, dma_addr_t addr, size_t len);

#endif
