// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/io-64-nonatomic-lo-hi.h>
#include <linux/iopoll.h>

#include "edu.h"

#define REG_FROM	0x80
#define REG_TO		0x88
#define REG_COUNT	0x90
#define REG_COMMAND	0x98
#define RUN		BIT(0)
#define TO_HOST		BIT(1)

/* Where the device has its memory, as its DMA engine knows it */
#define OWN_MEMORY	0x40000

#define TIMEOUT_US	(10 * USEC_PER_SEC)

int edu_begin(struct edu *edu, struct pci_dev *pdev)
{
	int ret = dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(64));

	if (ret)
		return ret;
	edu->host = dmam_alloc_coherent(&pdev->dev, EDU_MAX, &edu->host_dma, GFP_KERNEL);
	if (!edu->host)
		return -ENOMEM;
	edu->regs = pcim_iomap_region(pdev, 0, "edu");
	if (IS_ERR(edu->regs))
		return PTR_ERR(edu->regs);
	pci_set_master(pdev);
	edu->pdev = pdev;
	return 0;
}

void edu_end(struct edu *edu)
{
	mutex_lock(&edu->lock);
	pci_clear_master(edu->pdev);
	edu->pdev = NULL;
	mutex_unlock(&edu->lock);
}

static int run(struct edu *edu, u64 from, u64 to, size_t len, u32 command)
{
	u32 val;

	writeq(from, edu->regs + REG_FROM);
	writeq(to, edu->regs + REG_TO);
	writeq(len, edu->regs + REG_COUNT);
	writel(command | RUN, edu->regs + REG_COMMAND);
	return readl_poll_timeout(edu->regs + REG_COMMAND, val, !(val & RUN), 1000, TIMEOUT_US);
}

static int move(struct edu *edu, dma_addr_t from, dma_addr_t to, size_t len)
{
	int ret;

	if (!edu->pdev)
		return -ENODEV;
	if (len > EDU_MAX)
		return -EINVAL;
	ret = run(edu, from, OWN_MEMORY, len, 0);
	return ret ? ret : run(edu, OWN_MEMORY, to, len, TO_HOST);
}

int edu_read(struct edu *edu, dma_addr_t addr, size_t len)
{
	return move(edu, addr, edu->host_dma, len);
}

int edu_write(struct edu *edu, dma_addr_t addr, size_t len)
{
	return move(edu, edu->host_dma, addr, len);
}
