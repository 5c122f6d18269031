// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests for drivers/pci/p2pdma.c, with devices on a bus of our own
 *
 * On that bus, addresses are others than the CPU's: where one is taken for the
 * other, it is seen. How the devices reach each other depends on the host bridge
 * that the bus claims to have.
 */
#include <kunit/device.h>
#include <kunit/test.h>
#include <linux/dma-mapping.h>
#include <linux/kernfs.h>
#include <linux/pci-p2pdma.h>
#include <linux/sizes.h>

#include "fake_pci.h"

#define LEVEL	CONFIG_STACK_LEVEL_VFIO_DMABUF

#if LEVEL >= 6
#include <linux/dma-buf-mapping.h>
#include <linux/dma-resv.h>
#endif

static void destroy(void *f)
{
	fake_pci_destroy(f);
}

/* A bus, with a host bridge that p2pdma.c lists as one to pass, or with another */
static struct fake_pci *bus(struct kunit *test, bool listed)
{
	struct fake_pci *f = listed ? fake_pci_create(PCI_VENDOR_ID_INTEL, 0x2030) :
				      fake_pci_create(0x5ee5, 0x0003);

	KUNIT_ASSERT_NOT_NULL(test, f);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, destroy, f), 0);
	return f;
}

static bool has_p2pmem_group(struct pci_dev *pdev)
{
	struct kernfs_node *kn = kernfs_find_and_get(pdev->dev.kobj.sd, "p2pmem");

	kernfs_put(kn);
	return kn;
}

/* Whether this processor lets any two devices reach each other */
static bool cpu_allows_all(void)
{
	return boot_cpu_data.x86_vendor == X86_VENDOR_AMD && boot_cpu_data.x86 >= 0x17;
}

/* The bus is what the other tests take it for. */
static void p2pdma_bus(struct kunit *test)
{
	struct pci_dev *pdev = fake_pci_dev(bus(test, true), FAKE_PCI_LEFT);

	KUNIT_EXPECT_EQ(test, pci_resource_len(pdev, FAKE_PCI_MEM), FAKE_PCI_MEM_SIZE);
	KUNIT_EXPECT_NE(test, pci_resource_start(pdev, FAKE_PCI_MEM), 0);
	KUNIT_EXPECT_EQ(test, pci_resource_start(pdev, FAKE_PCI_MEM) - FAKE_PCI_OFFSET,
			pci_bus_address(pdev, FAKE_PCI_MEM));
	KUNIT_EXPECT_EQ(test, pci_resource_len(pdev, FAKE_PCI_SMALL), PAGE_SIZE);
	KUNIT_EXPECT_TRUE(test, pci_resource_flags(pdev, FAKE_PCI_IO) & IORESOURCE_IO);
	KUNIT_EXPECT_EQ(test, pci_resource_len(pdev, FAKE_PCI_NONE), 0);
}

/* Memory with pages is there from when it is added until the driver goes. */
static void p2pdma_memory_life(struct kunit *test)
{
	struct pci_dev *pdev = fake_pci_dev(bus(test, true), FAKE_PCI_LEFT);
	void *p;
	int i;

	for (i = 0; i < 2; i++) {
		KUNIT_EXPECT_FALSE(test, has_p2pmem_group(pdev));
		KUNIT_EXPECT_NULL(test, pci_alloc_p2pmem(pdev, PAGE_SIZE));
		KUNIT_ASSERT_EQ(test, pci_p2pdma_add_resource(pdev, FAKE_PCI_MEM, 0, 0), 0);
		KUNIT_EXPECT_TRUE(test, has_p2pmem_group(pdev));

		p = pci_alloc_p2pmem(pdev, FAKE_PCI_MEM_SIZE);
		KUNIT_ASSERT_NOT_NULL(test, p);
		KUNIT_EXPECT_NULL(test, pci_alloc_p2pmem(pdev, PAGE_SIZE));
		KUNIT_EXPECT_EQ(test, pci_p2pmem_virt_to_bus(pdev, p),
				pci_bus_address(pdev, FAKE_PCI_MEM));
		pci_free_p2pmem(pdev, p, FAKE_PCI_MEM_SIZE);

		fake_pci_unbind(pdev);
		KUNIT_ASSERT_NULL(test, rcu_access_pointer(pdev->p2pdma));
		KUNIT_EXPECT_FALSE(test, has_p2pmem_group(pdev));
		KUNIT_EXPECT_NULL(test, pci_alloc_p2pmem(pdev, PAGE_SIZE));
		KUNIT_ASSERT_EQ(test, fake_pci_bind(pdev), 0);
	}
}

/* What is no memory, or not within it, is refused, and nothing is left of that. */
static void p2pdma_memory_refused(struct kunit *test)
{
	struct pci_dev *pdev = fake_pci_dev(bus(test, true), FAKE_PCI_LEFT);

	KUNIT_EXPECT_EQ(test, pci_p2pdma_add_resource(pdev, FAKE_PCI_IO, 0, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, pci_p2pdma_add_resource(pdev, FAKE_PCI_NONE, 0, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, pci_p2pdma_add_resource(pdev, FAKE_PCI_MEM, 0,
						      FAKE_PCI_MEM_SIZE), -EINVAL);
	KUNIT_EXPECT_EQ(test, pci_p2pdma_add_resource(pdev, FAKE_PCI_MEM, FAKE_PCI_MEM_SIZE,
						      SZ_2M), -EINVAL);
	KUNIT_EXPECT_FALSE(test, has_p2pmem_group(pdev));
}

struct route {
	const char *name;
	enum fake_pci_device from;
	enum fake_pci_device to;
	bool listed;
	enum pci_p2pdma_map_type type;
	int distance;
};

static const struct route routes[] = {
	{ "below a bridge", FAKE_PCI_LEFT, FAKE_PCI_RIGHT, false, PCI_P2PDMA_MAP_BUS_ADDR, 2 },
	{ "to itself", FAKE_PCI_LEFT, FAKE_PCI_LEFT, false, PCI_P2PDMA_MAP_BUS_ADDR, 0 },
	{ "by a listed host bridge", FAKE_PCI_ROOT, FAKE_PCI_LEFT, true,
	  PCI_P2PDMA_MAP_THRU_HOST_BRIDGE, 3 },
	{ "by another host bridge", FAKE_PCI_ROOT, FAKE_PCI_LEFT, false,
	  PCI_P2PDMA_MAP_NOT_SUPPORTED, -1 },
};

KUNIT_ARRAY_PARAM_DESC(route, routes, name);

static struct fake_pci *bus_for(struct kunit *test, const struct route *route)
{
	if (route->type == PCI_P2PDMA_MAP_NOT_SUPPORTED && cpu_allows_all())
		kunit_skip(test, "this processor allows every path");
	return bus(test, route->listed);
}

/* Memory of the device at the end of a path, between pages of the host */
struct transfer {
	struct pci_dev *provider;
	struct pci_dev *client;
	struct sg_table sgt;
	struct page *host[2];
	void *p2p;
};

static void transfer_end(void *transfer)
{
	struct transfer *t = transfer;

	if (t->p2p)
		pci_free_p2pmem(t->provider, t->p2p, 2 * PAGE_SIZE);
	if (t->host[0])
		__free_page(t->host[0]);
	if (t->host[1])
		__free_page(t->host[1]);
	sg_free_table(&t->sgt);
}

static struct transfer *transfer_begin(struct kunit *test, const struct route *route)
{
	struct fake_pci *f = bus_for(test, route);
	struct transfer *t = kunit_kzalloc(test, sizeof(*t), GFP_KERNEL);
	struct scatterlist *sg;

	KUNIT_ASSERT_NOT_NULL(test, t);
	t->provider = fake_pci_dev(f, route->to);
	t->client = fake_pci_dev(f, route->from);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, transfer_end, t), 0);
	KUNIT_ASSERT_EQ(test, pci_p2pdma_add_resource(t->provider, FAKE_PCI_MEM, 0, 0), 0);
	t->p2p = pci_alloc_p2pmem(t->provider, 2 * PAGE_SIZE);
	t->host[0] = alloc_page(GFP_KERNEL);
	t->host[1] = alloc_page(GFP_KERNEL);
	KUNIT_ASSERT_TRUE(test, t->p2p && t->host[0] && t->host[1]);
	KUNIT_ASSERT_EQ(test, sg_alloc_table(&t->sgt, 3, GFP_KERNEL), 0);
	sg = t->sgt.sgl;
	sg_set_page(sg, t->host[0], PAGE_SIZE, 0);
	sg = sg_next(sg);
	sg_set_page(sg, virt_to_page(t->p2p), 2 * PAGE_SIZE, 0);
	sg = sg_next(sg);
	sg_set_page(sg, t->host[1], SZ_1K, SZ_2K);
	return t;
}

static void check_piece(struct kunit *test, struct scatterlist *sg, u64 addr, size_t len,
			bool is_bus)
{
	KUNIT_EXPECT_EQ(test, sg_dma_address(sg), addr);
	KUNIT_EXPECT_EQ(test, sg_dma_len(sg), len);
	KUNIT_EXPECT_EQ(test, sg_dma_is_bus_address(sg), is_bus);
}

/*
 * Such memory among the host's: what a device is given for it is the address on
 * the bus, where the path asks for that. So it is at every patch. Where it asks for
 * the CPU's, dma_direct_map_sg() of the base gives nothing; see the cover.
 */
static void p2pdma_pages(struct kunit *test)
{
	const struct route *route = test->param_value;
	struct transfer *t = transfer_begin(test, route);
	bool is_bus = route->type == PCI_P2PDMA_MAP_BUS_ADDR;
	struct scatterlist *sg = t->sgt.sgl;
	int ret;

	KUNIT_EXPECT_EQ(test, pci_p2pdma_distance(t->provider, &t->client->dev, false),
			route->distance);
	ret = dma_map_sgtable(&t->client->dev, &t->sgt, DMA_BIDIRECTIONAL, 0);
	if (route->type == PCI_P2PDMA_MAP_NOT_SUPPORTED) {
		KUNIT_EXPECT_EQ(test, ret, -EREMOTEIO);
		return;
	}
	KUNIT_ASSERT_EQ(test, ret, 0);
	KUNIT_ASSERT_EQ(test, t->sgt.nents, 3);
	check_piece(test, sg, page_to_phys(t->host[0]), PAGE_SIZE, false);
	sg = sg_next(sg);
	if (is_bus)
		check_piece(test, sg, page_to_phys(virt_to_page(t->p2p)) - FAKE_PCI_OFFSET,
			    2 * PAGE_SIZE, true);
	sg = sg_next(sg);
	check_piece(test, sg, page_to_phys(t->host[1]) + SZ_2K, SZ_1K, false);
	dma_unmap_sgtable(&t->client->dev, &t->sgt, DMA_BIDIRECTIONAL, 0);
}

/*
 * Pieces of two devices in turn, each by the path that it has to the third; only one
 * of the paths is by bus addresses.
 */
static void p2pdma_pages_of_two(struct kunit *test)
{
	struct fake_pci *f = bus(test, true);
	struct pci_dev *client = fake_pci_dev(f, FAKE_PCI_LEFT);
	struct pci_dev *near = fake_pci_dev(f, FAKE_PCI_RIGHT);
	struct pci_dev *far = fake_pci_dev(f, FAKE_PCI_ROOT);
	struct scatterlist sg[4];
	void *a, *b;
	int i;

	KUNIT_ASSERT_EQ(test, pci_p2pdma_add_resource(near, FAKE_PCI_MEM, 0, 0), 0);
	KUNIT_ASSERT_EQ(test, pci_p2pdma_add_resource(far, FAKE_PCI_MEM, 0, 0), 0);
	a = pci_alloc_p2pmem(near, 2 * PAGE_SIZE);
	b = pci_alloc_p2pmem(far, 2 * PAGE_SIZE);
	KUNIT_ASSERT_TRUE(test, a && b);
	sg_init_table(sg, ARRAY_SIZE(sg));
	for (i = 0; i < ARRAY_SIZE(sg); i++)
		sg_set_buf(&sg[i], (i % 2 ? b : a) + i / 2 * PAGE_SIZE, PAGE_SIZE);

	KUNIT_ASSERT_EQ(test, dma_map_sg(&client->dev, sg, 4, DMA_TO_DEVICE), 4);
	for (i = 0; i < ARRAY_SIZE(sg); i += 2) {
		check_piece(test, &sg[i], sg_phys(&sg[i]) - FAKE_PCI_OFFSET, PAGE_SIZE, true);
		KUNIT_EXPECT_FALSE(test, sg_dma_is_bus_address(&sg[i + 1]));
	}
	dma_unmap_sg(&client->dev, sg, 4, DMA_TO_DEVICE);
	pci_free_p2pmem(near, a, 2 * PAGE_SIZE);
	pci_free_p2pmem(far, b, 2 * PAGE_SIZE);
}

/* What is published is found by those that can reach it. */
static void p2pdma_find(struct kunit *test)
{
	struct fake_pci *f = bus(test, true);
	struct pci_dev *pdev = fake_pci_dev(f, FAKE_PCI_LEFT);
	struct pci_dev *client = fake_pci_dev(f, FAKE_PCI_RIGHT);
	struct pci_dev *found;

	KUNIT_ASSERT_EQ(test, pci_p2pdma_add_resource(pdev, FAKE_PCI_MEM, 0, 0), 0);
	KUNIT_EXPECT_NULL(test, pci_p2pmem_find(&client->dev));
	pci_p2pmem_publish(pdev, true);
	found = pci_p2pmem_find(&client->dev);
	KUNIT_EXPECT_PTR_EQ(test, found, pdev);
	pci_dev_put(found);
	pci_p2pmem_publish(pdev, false);
	KUNIT_EXPECT_NULL(test, pci_p2pmem_find(&client->dev));
}

#if LEVEL >= 3
/* Each BAR with memory has a provider of its own, and it alone. */
static void p2pdma_providers(struct kunit *test)
{
	struct pci_dev *pdev = fake_pci_dev(bus(test, true), FAKE_PCI_LEFT);
	struct p2pdma_provider *mem, *small;

	KUNIT_ASSERT_EQ(test, pcim_p2pdma_init(pdev), 0);
	mem = pcim_p2pdma_provider(pdev, FAKE_PCI_MEM);
	small = pcim_p2pdma_provider(pdev, FAKE_PCI_SMALL);
	KUNIT_ASSERT_NOT_NULL(test, mem);
	KUNIT_ASSERT_NOT_NULL(test, small);
	KUNIT_EXPECT_PTR_NE(test, mem, small);
	KUNIT_EXPECT_PTR_EQ(test, mem->owner, &pdev->dev);
	KUNIT_EXPECT_PTR_EQ(test, small->owner, &pdev->dev);
	KUNIT_EXPECT_EQ(test, mem->bus_offset, -FAKE_PCI_OFFSET);
	KUNIT_EXPECT_EQ(test, small->bus_offset, -FAKE_PCI_OFFSET);
	KUNIT_EXPECT_NULL(test, pcim_p2pdma_provider(pdev, FAKE_PCI_IO));
	KUNIT_EXPECT_NULL(test, pcim_p2pdma_provider(pdev, FAKE_PCI_NONE));
	KUNIT_EXPECT_NULL(test, pcim_p2pdma_provider(pdev, PCI_ROM_RESOURCE));
}

/* Who initialises it again gets what is there, and it is gone with the driver. */
static void p2pdma_provider_life(struct kunit *test)
{
	struct pci_dev *pdev = fake_pci_dev(bus(test, true), FAKE_PCI_LEFT);
	struct p2pdma_provider *provider;
	int i;

	for (i = 0; i < 2; i++) {
		KUNIT_ASSERT_NULL(test, rcu_access_pointer(pdev->p2pdma));
		KUNIT_ASSERT_EQ(test, pcim_p2pdma_init(pdev), 0);
		KUNIT_EXPECT_NOT_NULL(test, rcu_access_pointer(pdev->p2pdma));
		provider = pcim_p2pdma_provider(pdev, FAKE_PCI_MEM);
		KUNIT_ASSERT_NOT_NULL(test, provider);
		KUNIT_EXPECT_EQ(test, pcim_p2pdma_init(pdev), 0);
		KUNIT_EXPECT_PTR_EQ(test, pcim_p2pdma_provider(pdev, FAKE_PCI_MEM), provider);
		fake_pci_unbind(pdev);
		KUNIT_ASSERT_EQ(test, fake_pci_bind(pdev), 0);
	}
}

/* A device that says that its BARs cannot be mapped has none, of either kind. */
static void p2pdma_non_mappable_bars(struct kunit *test)
{
	struct pci_dev *pdev = fake_pci_dev(bus(test, true), FAKE_PCI_LEFT);

	pdev->non_mappable_bars = 1;
	KUNIT_EXPECT_EQ(test, pcim_p2pdma_init(pdev), -EOPNOTSUPP);
	KUNIT_EXPECT_NULL(test, rcu_access_pointer(pdev->p2pdma));
	KUNIT_EXPECT_NULL(test, pcim_p2pdma_provider(pdev, FAKE_PCI_MEM));
	KUNIT_EXPECT_EQ(test, pci_p2pdma_add_resource(pdev, FAKE_PCI_MEM, 0, 0), -EOPNOTSUPP);
	KUNIT_EXPECT_FALSE(test, has_p2pmem_group(pdev));
	pdev->non_mappable_bars = 0;
	KUNIT_EXPECT_EQ(test, pcim_p2pdma_init(pdev), 0);
}

/* A provider is not yet memory with pages: none of that is there. */
static void p2pdma_provider_has_no_pages(struct kunit *test)
{
	struct fake_pci *f = bus(test, true);
	struct pci_dev *pdev = fake_pci_dev(f, FAKE_PCI_LEFT);
	struct pci_dev *client = fake_pci_dev(f, FAKE_PCI_RIGHT);

	KUNIT_ASSERT_EQ(test, pcim_p2pdma_init(pdev), 0);
	KUNIT_EXPECT_FALSE(test, has_p2pmem_group(pdev));
	KUNIT_EXPECT_NULL(test, pci_alloc_p2pmem(pdev, PAGE_SIZE));
	KUNIT_EXPECT_NULL(test, pci_p2pmem_find(&client->dev));
}

/* Both kinds of use of one device, in either order. */
static void p2pdma_provider_and_memory(struct kunit *test)
{
	struct pci_dev *pdev = fake_pci_dev(bus(test, true), FAKE_PCI_LEFT);
	int init_first;

	for (init_first = 0; init_first < 2; init_first++) {
		if (init_first)
			KUNIT_ASSERT_EQ(test, pcim_p2pdma_init(pdev), 0);
		KUNIT_ASSERT_EQ(test, pci_p2pdma_add_resource(pdev, FAKE_PCI_MEM, 0, 0), 0);
		if (!init_first)
			KUNIT_ASSERT_EQ(test, pcim_p2pdma_init(pdev), 0);
		KUNIT_EXPECT_NOT_NULL(test, pcim_p2pdma_provider(pdev, FAKE_PCI_MEM));
		KUNIT_EXPECT_TRUE(test, has_p2pmem_group(pdev));
		fake_pci_unbind(pdev);
		KUNIT_ASSERT_NULL(test, rcu_access_pointer(pdev->p2pdma));
		KUNIT_EXPECT_FALSE(test, has_p2pmem_group(pdev));
		KUNIT_ASSERT_EQ(test, fake_pci_bind(pdev), 0);
	}
}
#endif

#if LEVEL >= 4
static struct p2pdma_provider *provider_of(struct kunit *test, struct pci_dev *pdev)
{
	struct p2pdma_provider *provider;

	KUNIT_ASSERT_EQ(test, pcim_p2pdma_init(pdev), 0);
	provider = pcim_p2pdma_provider(pdev, FAKE_PCI_MEM);
	KUNIT_ASSERT_NOT_NULL(test, provider);
	return provider;
}

/* The path decides, the first time and when it is known. */
static void p2pdma_map_type(struct kunit *test)
{
	const struct route *route = test->param_value;
	struct fake_pci *f = bus_for(test, route);
	struct p2pdma_provider *provider = provider_of(test, fake_pci_dev(f, route->to));
	struct device *client = &fake_pci_dev(f, route->from)->dev;

	KUNIT_EXPECT_EQ(test, pci_p2pdma_map_type(provider, client), route->type);
	KUNIT_EXPECT_EQ(test, pci_p2pdma_map_type(provider, client), route->type);
}

/* What is no PCI device cannot be reached by one. */
static void p2pdma_map_type_of_others(struct kunit *test)
{
	struct fake_pci *f = bus(test, true);
	struct p2pdma_provider *provider = provider_of(test, fake_pci_dev(f, FAKE_PCI_LEFT));
	struct device *dev = kunit_device_register(test, "client");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, dev);
	KUNIT_EXPECT_EQ(test, pci_p2pdma_map_type(provider, dev), PCI_P2PDMA_MAP_NOT_SUPPORTED);
}
#endif

#if LEVEL >= 6
static struct sg_table *map_for(struct kunit *test, struct dma_buf_attachment *attach,
				struct p2pdma_provider *provider, struct pci_dev *pdev)
{
	struct dma_buf_phys_vec vec[] = {
		{ pci_resource_start(pdev, FAKE_PCI_MEM) + SZ_1M, SZ_64K },
		{ pci_resource_start(pdev, FAKE_PCI_MEM), PAGE_SIZE },
	};
	struct sg_table *sgt;

	dma_resv_lock(attach->dmabuf->resv, NULL);
	sgt = dma_buf_phys_vec_to_sgt(attach, provider, vec, ARRAY_SIZE(vec),
				      SZ_64K + PAGE_SIZE, DMA_BIDIRECTIONAL);
	dma_resv_unlock(attach->dmabuf->resv);
	return sgt;
}

static void unmap_for(struct dma_buf_attachment *attach, struct sg_table *sgt)
{
	dma_resv_lock(attach->dmabuf->resv, NULL);
	dma_buf_free_sgt(attach, sgt);
	dma_resv_unlock(attach->dmabuf->resv);
}

static void resv_fini(void *resv)
{
	dma_resv_fini(resv);
}

static struct dma_buf_attachment *attachment(struct kunit *test, struct pci_dev *client)
{
	struct dma_buf_attachment *attach = kunit_kzalloc(test, sizeof(*attach), GFP_KERNEL);
	struct dma_buf *buf = kunit_kzalloc(test, sizeof(*buf), GFP_KERNEL);
	struct dma_resv *resv = kunit_kzalloc(test, sizeof(*resv), GFP_KERNEL);

	KUNIT_ASSERT_TRUE(test, attach && buf && resv);
	dma_resv_init(resv);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, resv_fini, resv), 0);
	buf->resv = resv;
	attach->dmabuf = buf;
	attach->dev = &client->dev;
	return attach;
}

/* The same without pages, by the real DMA API. */
static void p2pdma_dma_buf(struct kunit *test)
{
	const struct route *route = test->param_value;
	struct fake_pci *f = bus_for(test, route);
	struct pci_dev *pdev = fake_pci_dev(f, route->to);
	struct p2pdma_provider *provider = provider_of(test, pdev);
	struct dma_buf_attachment *attach = attachment(test, fake_pci_dev(f, route->from));
	bool is_bus = route->type == PCI_P2PDMA_MAP_BUS_ADDR;
	u64 start = is_bus ? pci_bus_address(pdev, FAKE_PCI_MEM) :
			     pci_resource_start(pdev, FAKE_PCI_MEM);
	struct sg_table *sgt = map_for(test, attach, provider, pdev);

	if (route->type == PCI_P2PDMA_MAP_NOT_SUPPORTED) {
		KUNIT_EXPECT_PTR_EQ(test, sgt, ERR_PTR(-EREMOTEIO));
		return;
	}
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sgt);
	KUNIT_EXPECT_FALSE(test, dma_buf_can_revoke_sgt(sgt));
	KUNIT_ASSERT_EQ(test, sgt->nents, 2);
	KUNIT_EXPECT_EQ(test, sg_dma_address(sgt->sgl), start + SZ_1M);
	KUNIT_EXPECT_EQ(test, sg_dma_len(sgt->sgl), SZ_64K);
	KUNIT_EXPECT_EQ(test, sg_dma_address(sg_next(sgt->sgl)), start);
	KUNIT_EXPECT_EQ(test, sg_dma_len(sg_next(sgt->sgl)), PAGE_SIZE);
	unmap_for(attach, sgt);
}

/* A device that cannot address the memory: bounce buffers are no way out, nor a warning. */
static void p2pdma_dma_buf_out_of_reach(struct kunit *test)
{
	struct fake_pci *f = bus(test, true);
	struct pci_dev *pdev = fake_pci_dev(f, FAKE_PCI_LEFT);
	struct pci_dev *client = fake_pci_dev(f, FAKE_PCI_ROOT);
	struct p2pdma_provider *provider = provider_of(test, pdev);

	KUNIT_ASSERT_EQ(test, dma_set_mask(&client->dev, DMA_BIT_MASK(32)), 0);
	KUNIT_EXPECT_PTR_EQ(test, map_for(test, attachment(test, client), provider, pdev),
			    ERR_PTR(-EREMOTEIO));
}
#endif

static int p2pdma_suite_init(struct kunit_suite *suite)
{
	return fake_pci_driver_register();
}

static void p2pdma_suite_exit(struct kunit_suite *suite)
{
	fake_pci_driver_unregister();
}

static struct kunit_case p2pdma_cases[] = {
	KUNIT_CASE(p2pdma_bus),
	KUNIT_CASE(p2pdma_memory_life),
	KUNIT_CASE(p2pdma_memory_refused),
	KUNIT_CASE_PARAM(p2pdma_pages, route_gen_params),
	KUNIT_CASE(p2pdma_pages_of_two),
	KUNIT_CASE(p2pdma_find),
#if LEVEL >= 3
	KUNIT_CASE(p2pdma_providers),
	KUNIT_CASE(p2pdma_provider_life),
	KUNIT_CASE(p2pdma_non_mappable_bars),
	KUNIT_CASE(p2pdma_provider_has_no_pages),
	KUNIT_CASE(p2pdma_provider_and_memory),
#endif
#if LEVEL >= 4
	KUNIT_CASE_PARAM(p2pdma_map_type, route_gen_params),
	KUNIT_CASE(p2pdma_map_type_of_others),
#endif
#if LEVEL >= 6
	KUNIT_CASE_PARAM(p2pdma_dma_buf, route_gen_params),
	KUNIT_CASE(p2pdma_dma_buf_out_of_reach),
#endif
	{}
};

static struct kunit_suite p2pdma_suite = {
	.name = "p2pdma",
	.suite_init = p2pdma_suite_init,
	.suite_exit = p2pdma_suite_exit,
	.test_cases = p2pdma_cases,
};

kunit_test_suite(p2pdma_suite);

MODULE_IMPORT_NS("DMA_BUF");
MODULE_DESCRIPTION("KUnit tests for peer-to-peer DMA");
MODULE_LICENSE("GPL");
