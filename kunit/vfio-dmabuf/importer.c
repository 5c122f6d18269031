// SPDX-License-Identifier: GPL-2.0-only
/*
 * An importer of dma-bufs for tests: it shows user space what an importer sees,
 * and moves bytes by its device's own DMA.
 */
#include <linux/dma-buf.h>
#include <linux/dma-fence.h>
#include <linux/dma-resv.h>
#include <linux/ioport.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "edu.h"
#include "importer_abi.h"
#include "p2pmem.h"

static_assert(IMPORTER_MAX <= EDU_MAX);

struct importer_dev {
	struct miscdevice misc;
	struct edu edu;
	struct kref kref;
};

struct importer_fence {
	struct dma_fence base;		/* first: it is what is freed */
	spinlock_t lock;
};

/* An open file */
struct importer {
	struct importer_dev *dev;
	struct mutex lock;		/* of attach, fence and claim */
	struct dma_buf_attachment *attach;
	struct importer_fence *fence;
	struct importer_claim claim;
	bool late;

	/* Under the lock of the buffer's reservation object */
	struct sg_table *sgt;
	u32 moves;
};

static void importer_dev_release(struct kref *kref)
{
	struct importer_dev *dev = container_of(kref, struct importer_dev, kref);

	kfree(dev->misc.name);
	kfree(dev);
}

static void unmap_locked(struct importer *im)
{
	if (im->sgt)
		dma_buf_unmap_attachment(im->attach, im->sgt, DMA_BIDIRECTIONAL);
	im->sgt = NULL;
}

static void importer_moves(struct dma_buf_attachment *attach)
{
	struct importer *im = attach->importer_priv;

	WRITE_ONCE(im->moves, im->moves + 1);
	if (!im->late)
		unmap_locked(im);
}

static const struct dma_buf_attach_ops importer_ops = {
	.allow_peer2peer = true,
	.move_notify = importer_moves,
};

static const struct dma_buf_attach_ops importer_needs_pages_ops = {
	.move_notify = importer_moves,
};

static struct dma_buf_attachment *attach_as(struct importer *im, struct dma_buf *buf,
					    struct device *dev, u32 flags)
{
	if (flags & IMPORTER_STATIC)
		return dma_buf_attach(buf, dev);
	return dma_buf_dynamic_attach(buf, dev, flags & IMPORTER_NEEDS_PAGES ?
				      &importer_needs_pages_ops : &importer_ops, im);
}

/* The device, which then stays although its driver may go; NULL when that has gone. */
static struct pci_dev *get_pdev(struct edu *edu)
{
	guard(mutex)(&edu->lock);
	return pci_dev_get(edu->pdev);
}

static int attach_buf(struct importer *im, struct dma_buf *buf, u32 flags)
{
	struct pci_dev *pdev = get_pdev(&im->dev->edu);
	struct dma_buf_attachment *attach;

	if (!pdev)
		return -ENODEV;
	WRITE_ONCE(im->moves, 0);
	im->late = flags & IMPORTER_LATE;
	attach = attach_as(im, buf, &pdev->dev, flags);
	if (IS_ERR(attach)) {
		pci_dev_put(pdev);
		return PTR_ERR(attach);
	}
	im->attach = attach;
	return 0;
}

static int importer_attach(struct importer *im, const struct importer_attach *a)
{
	struct dma_buf *buf;
	int ret;

	if (im->attach)
		return -EBUSY;
	buf = dma_buf_get(a->fd);
	if (IS_ERR(buf))
		return PTR_ERR(buf);
	ret = attach_buf(im, buf, a->flags);
	if (ret)
		dma_buf_put(buf);
	return ret;
}

static void fence_signal(struct importer *im)
{
	if (!im->fence)
		return;
	dma_fence_signal(&im->fence->base);
	dma_fence_put(&im->fence->base);
	im->fence = NULL;
}

static void importer_detach(struct importer *im)
{
	struct pci_dev *pdev;
	struct dma_buf *buf;

	if (!im->attach)
		return;
	buf = im->attach->dmabuf;
	pdev = to_pci_dev(im->attach->dev);
	fence_signal(im);
	dma_resv_lock(buf->resv, NULL);
	unmap_locked(im);
	dma_resv_unlock(buf->resv);
	dma_buf_detach(buf, im->attach);
	dma_buf_put(buf);
	pci_dev_put(pdev);
	im->attach = NULL;
}

static int importer_map(struct importer *im)
{
	struct sg_table *sgt;

	if (im->sgt)
		return -EBUSY;
	sgt = dma_buf_map_attachment(im->attach, DMA_BIDIRECTIONAL);
	if (IS_ERR(sgt))
		return PTR_ERR(sgt);
	im->sgt = sgt;
	return 0;
}

static int importer_cost(struct importer *im, struct importer_cost *c)
{
	for (u32 i = 0; i < c->times; i++) {
		u64 begin = ktime_get_ns(), mapped;
		int ret = importer_map(im);

		mapped = ktime_get_ns();
		if (ret)
			return ret;
		unmap_locked(im);
		c->map += mapped - begin;
		c->unmap += ktime_get_ns() - mapped;
	}
	return 0;
}

static int importer_cost_of_pages(struct importer *im, struct importer_cost *c)
{
	struct edu *edu = &im->dev->edu;

	guard(mutex)(&edu->lock);
	return edu->pdev ? p2pmem_cost(edu->pdev, c) : -ENODEV;
}

static int importer_state(struct importer *im, struct importer_state *s)
{
	struct scatterlist *sg;
	unsigned int i;

	*s = (struct importer_state){ .moves = im->moves, .mapped = !!im->sgt };
	if (!im->sgt)
		return 0;
	s->pieces = im->sgt->nents;
	s->pages = im->sgt->orig_nents;
	for_each_sgtable_dma_sg(im->sgt, sg, i)
		s->size += sg_dma_len(sg);
	return 0;
}

static int importer_piece(struct importer *im, struct importer_piece *p)
{
	struct scatterlist *sg;
	unsigned int i;

	if (!im->sgt)
		return -ENXIO;
	for_each_sgtable_dma_sg(im->sgt, sg, i) {
		if (i != p->nr)
			continue;
		p->addr = sg_dma_address(sg);
		p->len = sg_dma_len(sg);
		return 0;
	}
	return -ERANGE;
}

/* Where @len bytes from @offset of the buffer are, if one piece has them all */
static int find_piece(struct importer *im, u64 offset, u32 len, dma_addr_t *addr)
{
	struct scatterlist *sg;
	unsigned int i;

	if (!im->sgt)
		return -ENXIO;
	for_each_sgtable_dma_sg(im->sgt, sg, i) {
		if (offset >= sg_dma_len(sg)) {
			offset -= sg_dma_len(sg);
			continue;
		}
		*addr = sg_dma_address(sg) + offset;
		return len <= sg_dma_len(sg) - offset ? 0 : -ERANGE;
	}
	return -ERANGE;
}

/* The mapping stays for so long, as the lock of the reservation object is held. */
static int importer_transfer(struct importer *im, const struct importer_transfer *t,
			     void *bytes, bool write)
{
	struct edu *edu = &im->dev->edu;
	dma_addr_t addr;
	int ret = find_piece(im, t->offset, t->len, &addr);

	if (ret)
		return ret;
	guard(mutex)(&edu->lock);
	if (!edu->pdev)
		return -ENODEV;
	if (write) {
		memcpy(edu->host, bytes, t->len);
		return edu_write(edu, addr, t->len);
	}
	ret = edu_read(edu, addr, t->len);
	if (!ret)
		memcpy(bytes, edu->host, t->len);
	return ret;
}

static const char *fence_name(struct dma_fence *fence)
{
	return "importer";
}

static const struct dma_fence_ops fence_ops = {
	.get_driver_name = fence_name,
	.get_timeline_name = fence_name,
};

static int importer_fence(struct importer *im)
{
	struct dma_resv *resv = im->attach->dmabuf->resv;
	int ret;

	if (im->fence)
		return -EBUSY;
	ret = dma_resv_reserve_fences(resv, 1);
	if (ret)
		return ret;
	im->fence = kzalloc(sizeof(*im->fence), GFP_KERNEL);
	if (!im->fence)
		return -ENOMEM;
	spin_lock_init(&im->fence->lock);
	dma_fence_init(&im->fence->base, &fence_ops, &im->fence->lock,
		       dma_fence_context_alloc(1), 1);
	dma_resv_add_fence(resv, &im->fence->base, DMA_RESV_USAGE_BOOKKEEP);
	return 0;
}

static int importer_claim(struct importer *im, const struct importer_claim *c)
{
	if (!c->len)
		return -EINVAL;
	if (im->claim.len || !request_mem_region(c->start, c->len, "importer"))
		return -EBUSY;
	im->claim = *c;
	return 0;
}

/* What user space passes, copied from and to it while no lock is held */
struct call {
	unsigned int cmd;
	union call_arg {
		struct importer_attach attach;
		struct importer_state state;
		struct importer_piece piece;
		struct importer_transfer transfer;
		struct importer_claim claim;
		struct importer_cost cost;
	} arg;
	u8 bytes[IMPORTER_MAX];		/* that are transferred */
};

static int ioctl_reserved(struct importer *im, struct call *c)
{
	switch (c->cmd) {
	case IMPORTER_MAP:
		return importer_map(im);
	case IMPORTER_UNMAP:
		unmap_locked(im);
		return 0;
	case IMPORTER_PIN:
		return dma_buf_pin(im->attach);
	case IMPORTER_STATE:
		return importer_state(im, &c->arg.state);
	case IMPORTER_PIECE:
		return importer_piece(im, &c->arg.piece);
	case IMPORTER_READ:
		return importer_transfer(im, &c->arg.transfer, c->bytes, false);
	case IMPORTER_WRITE:
		return importer_transfer(im, &c->arg.transfer, c->bytes, true);
	case IMPORTER_FENCE:
		return importer_fence(im);
	case IMPORTER_COST:
		return importer_cost(im, &c->arg.cost);
	default:
		return -ENOTTY;
	}
}

static int ioctl_locked(struct importer *im, struct call *c)
{
	struct dma_resv *resv;
	int ret;

	if (c->cmd == IMPORTER_CLAIM)
		return importer_claim(im, &c->arg.claim);
	if (c->cmd == IMPORTER_COST_OF_PAGES)
		return importer_cost_of_pages(im, &c->arg.cost);
	if (c->cmd == IMPORTER_ATTACH)
		return importer_attach(im, &c->arg.attach);
	/* Who waits for a fence may hold the lock of the reservation object. */
	if (c->cmd == IMPORTER_FENCE_SIGNAL) {
		ret = im->fence ? 0 : -ENOENT;
		fence_signal(im);
		return ret;
	}
	if (!im->attach)
		return -ENOTCONN;
	if (c->cmd == IMPORTER_DETACH) {
		importer_detach(im);
		return 0;
	}
	resv = im->attach->dmabuf->resv;
	ret = dma_resv_lock_interruptible(resv, NULL);
	if (ret)
		return ret;
	ret = ioctl_reserved(im, c);
	dma_resv_unlock(resv);
	return ret;
}

static int call_begin(struct call *c, unsigned int cmd, void __user *arg)
{
	const struct importer_transfer *t = &c->arg.transfer;

	c->cmd = cmd;
	if (_IOC_SIZE(cmd) > sizeof(c->arg))
		return -ENOTTY;
	if ((_IOC_DIR(cmd) & _IOC_WRITE) && copy_from_user(&c->arg, arg, _IOC_SIZE(cmd)))
		return -EFAULT;
	if (cmd != IMPORTER_READ && cmd != IMPORTER_WRITE)
		return 0;
	if (t->len > IMPORTER_MAX)
		return -EINVAL;
	return cmd == IMPORTER_WRITE && copy_from_user(c->bytes, u64_to_user_ptr(t->data), t->len) ?
	       -EFAULT : 0;
}

static int call_end(const struct call *c, void __user *arg)
{
	const struct importer_transfer *t = &c->arg.transfer;

	if (c->cmd == IMPORTER_READ)
		return copy_to_user(u64_to_user_ptr(t->data), c->bytes, t->len) ? -EFAULT : 0;
	return (_IOC_DIR(c->cmd) & _IOC_READ) && copy_to_user(arg, &c->arg, _IOC_SIZE(c->cmd)) ?
	       -EFAULT : 0;
}

static long importer_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct importer *im = file->private_data;
	struct call *c __free(kfree) = NULL;
	int ret;

	/* Who waits for something that this file is to do may hold either lock. */
	if (cmd == IMPORTER_MOVES)
		return READ_ONCE(im->moves);
	c = kzalloc(sizeof(*c), GFP_KERNEL);
	if (!c)
		return -ENOMEM;
	ret = call_begin(c, cmd, (void __user *)arg);
	if (ret)
		return ret;
	mutex_lock(&im->lock);
	ret = ioctl_locked(im, c);
	mutex_unlock(&im->lock);
	return ret ? ret : call_end(c, (void __user *)arg);
}

static int importer_open(struct inode *inode, struct file *file)
{
	struct importer_dev *dev = container_of(file->private_data, struct importer_dev, misc);
	struct importer *im = kzalloc(sizeof(*im), GFP_KERNEL);

	if (!im)
		return -ENOMEM;
	kref_get(&dev->kref);
	im->dev = dev;
	mutex_init(&im->lock);
	file->private_data = im;
	return 0;
}

static int importer_release(struct inode *inode, struct file *file)
{
	struct importer *im = file->private_data;

	importer_detach(im);
	if (im->claim.len)
		release_mem_region(im->claim.start, im->claim.len);
	kref_put(&im->dev->kref, importer_dev_release);
	kfree(im);
	return 0;
}

static const struct file_operations importer_fops = {
	.owner = THIS_MODULE,
	.open = importer_open,
	.release = importer_release,
	.unlocked_ioctl = importer_ioctl,
};

static int importer_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct importer_dev *dev;
	int ret = pcim_enable_device(pdev);

	if (ret)
		return ret;
	dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	if (!dev)
		return -ENOMEM;
	kref_init(&dev->kref);
	mutex_init(&dev->edu.lock);
	dev->misc.minor = MISC_DYNAMIC_MINOR;
	dev->misc.fops = &importer_fops;
	dev->misc.name = kasprintf(GFP_KERNEL, "importer-%s", pci_name(pdev));
	ret = dev->misc.name ? edu_begin(&dev->edu, pdev) : -ENOMEM;
	if (!ret)
		ret = misc_register(&dev->misc);
	if (ret)
		kref_put(&dev->kref, importer_dev_release);
	else
		pci_set_drvdata(pdev, dev);
	return ret;
}

static void importer_remove(struct pci_dev *pdev)
{
	struct importer_dev *dev = pci_get_drvdata(pdev);

	misc_deregister(&dev->misc);
	edu_end(&dev->edu);
	kref_put(&dev->kref, importer_dev_release);
}

static const struct pci_device_id importer_ids[] = {
	{ PCI_DEVICE(0x1234, 0x11e8) },
	{}
};
MODULE_DEVICE_TABLE(pci, importer_ids);

static struct pci_driver importer_driver = {
	.name = "dma_buf_importer",
	.id_table = importer_ids,
	.probe = importer_probe,
	.remove = importer_remove,
};
module_pci_driver(importer_driver);

MODULE_DESCRIPTION("Importer of dma-bufs for tests, on QEMU's edu");
MODULE_IMPORT_NS("DMA_BUF");
MODULE_LICENSE("GPL");
