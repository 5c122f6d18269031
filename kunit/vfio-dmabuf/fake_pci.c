// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/slab.h>
#include <linux/unaligned.h>

#include "fake_pci.h"

#define DOMAIN		0xfd
#define VENDOR		0x5ee5
#define ENDPOINT	0x0001
#define BRIDGE		0x0002
#define WINDOW_SIZE	(64UL << 20)
#define IO_START	0xe000
#define IO_SIZE		0x1000
#define CONFIG_SIZE	256

/* Configuration space: what is read, and which bits can be written */
struct fake_config {
	u8 value[CONFIG_SIZE];
	u8 writable[CONFIG_SIZE];
};

enum { HOST, ROOT, UPSTREAM, LEFT, RIGHT, CONFIGS };

struct fake_pci {
	struct pci_sysdata sysdata;
	struct resource mem;
	struct resource io;
	struct resource busn;
	struct fake_config config[CONFIGS];
	struct pci_bus *bus;
	struct pci_dev *dev[FAKE_PCI_DEVICES];
};

static struct fake_config *config_of(struct pci_bus *bus, unsigned int devfn)
{
	struct fake_pci *f = container_of(bus->sysdata, struct fake_pci, sysdata);
	unsigned int slot = PCI_SLOT(devfn);

	if (PCI_FUNC(devfn))
		return NULL;
	if (pci_is_root_bus(bus))
		return slot <= 2 ? &f->config[HOST + slot] : NULL;
	return slot <= 1 ? &f->config[LEFT + slot] : NULL;
}

static int fake_read(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 *val)
{
	struct fake_config *c = config_of(bus, devfn);
	int i;

	*val = ~0U;
	if (!c || where + size > CONFIG_SIZE)
		return PCIBIOS_DEVICE_NOT_FOUND;
	*val = 0;
	for (i = 0; i < size; i++)
		*val |= (u32)c->value[where + i] << (8 * i);
	return PCIBIOS_SUCCESSFUL;
}

static int fake_write(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 val)
{
	struct fake_config *c = config_of(bus, devfn);
	int i;

	if (!c || where + size > CONFIG_SIZE)
		return PCIBIOS_DEVICE_NOT_FOUND;
	for (i = 0; i < size; i++) {
		u8 *v = &c->value[where + i], w = c->writable[where + i];

		*v = (*v & ~w) | ((val >> (8 * i)) & w);
	}
	return PCIBIOS_SUCCESSFUL;
}

static struct pci_ops fake_ops = {
	.read = fake_read,
	.write = fake_write,
};

static void identify(struct fake_config *c, u16 vendor, u16 device, u16 class, u8 header)
{
	put_unaligned_le16(vendor, &c->value[PCI_VENDOR_ID]);
	put_unaligned_le16(device, &c->value[PCI_DEVICE_ID]);
	put_unaligned_le16(class, &c->value[PCI_CLASS_DEVICE]);
	c->value[PCI_HEADER_TYPE] = header;
	put_unaligned_le16(PCI_COMMAND_IO | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER,
			   &c->writable[PCI_COMMAND]);
}

static void add_bar(struct fake_config *c, int bar, u64 size, u32 flags)
{
	int at = PCI_BASE_ADDRESS_0 + 4 * bar;

	put_unaligned_le32(flags, &c->value[at]);
	put_unaligned_le32(-size, &c->writable[at]);
	if (flags & PCI_BASE_ADDRESS_MEM_TYPE_64)
		put_unaligned_le32(-size >> 32, &c->writable[at + 4]);
}

static void make_endpoint(struct fake_config *c)
{
	identify(c, VENDOR, ENDPOINT, PCI_CLASS_SYSTEM_OTHER, PCI_HEADER_TYPE_NORMAL);
	add_bar(c, FAKE_PCI_MEM, FAKE_PCI_MEM_SIZE,
		PCI_BASE_ADDRESS_MEM_TYPE_64 | PCI_BASE_ADDRESS_MEM_PREFETCH);
	add_bar(c, FAKE_PCI_IO, 32, PCI_BASE_ADDRESS_SPACE_IO);
	add_bar(c, FAKE_PCI_SMALL, PAGE_SIZE, PCI_BASE_ADDRESS_SPACE_MEMORY);
}

static void make_bridge(struct fake_config *c)
{
	identify(c, VENDOR, BRIDGE, PCI_CLASS_BRIDGE_PCI, PCI_HEADER_TYPE_BRIDGE);
	memset(&c->writable[PCI_PRIMARY_BUS], 0xff, 4);
	/* Each window ends before it begins: it is closed */
	c->value[PCI_IO_BASE] = 0xf0;
	put_unaligned_le16(0xfff0, &c->value[PCI_MEMORY_BASE]);
	put_unaligned_le16(0xfff0 | PCI_PREF_RANGE_TYPE_64, &c->value[PCI_PREF_MEMORY_BASE]);
	put_unaligned_le16(PCI_PREF_RANGE_TYPE_64, &c->value[PCI_PREF_MEMORY_LIMIT]);
	c->writable[PCI_IO_BASE] = 0xf0;
	c->writable[PCI_IO_LIMIT] = 0xf0;
	put_unaligned_le32(0xfff0fff0, &c->writable[PCI_MEMORY_BASE]);
	put_unaligned_le32(0xfff0fff0, &c->writable[PCI_PREF_MEMORY_BASE]);
	memset(&c->writable[PCI_PREF_BASE_UPPER32], 0xff, 8);
}

static void make_configs(struct fake_pci *f, u16 vendor, u16 device)
{
	identify(&f->config[HOST], vendor, device, PCI_CLASS_BRIDGE_HOST, PCI_HEADER_TYPE_NORMAL);
	make_endpoint(&f->config[ROOT]);
	make_bridge(&f->config[UPSTREAM]);
	make_endpoint(&f->config[LEFT]);
	make_endpoint(&f->config[RIGHT]);
}

static int make_windows(struct fake_pci *f)
{
	f->mem = (struct resource)DEFINE_RES_MEM_NAMED(FAKE_PCI_CPU, WINDOW_SIZE, "fake PCI");
	f->io = (struct resource)DEFINE_RES_IO_NAMED(IO_START, IO_SIZE, "fake PCI");
	f->busn = (struct resource)DEFINE_RES_NAMED(0, 256, "fake PCI", IORESOURCE_BUS);
	if (insert_resource(&iomem_resource, &f->mem))
		return -EBUSY;
	if (!insert_resource(&ioport_resource, &f->io))
		return 0;
	remove_resource(&f->mem);
	return -EBUSY;
}

static struct pci_bus *scan(struct fake_pci *f)
{
	LIST_HEAD(windows);
	struct pci_bus *bus;

	pci_add_resource_offset(&windows, &f->mem, FAKE_PCI_OFFSET);
	pci_add_resource(&windows, &f->io);
	pci_add_resource(&windows, &f->busn);
	bus = pci_create_root_bus(NULL, 0, &fake_ops, &f->sysdata, &windows);
	if (!bus) {
		pci_free_resource_list(&windows);
		return NULL;
	}
	pci_scan_child_bus(bus);
	pci_assign_unassigned_bus_resources(bus);
	pci_bus_add_devices(bus);
	return bus;
}

/* The devices on @bus, which stay while it is there */
static struct pci_dev *at(struct pci_bus *bus, unsigned int slot)
{
	struct pci_dev *pdev = bus ? pci_get_slot(bus, PCI_DEVFN(slot, 0)) : NULL;

	pci_dev_put(pdev);
	return pdev;
}

static bool find(struct fake_pci *f)
{
	struct pci_dev *bridge = at(f->bus, 2);
	struct pci_bus *below = bridge ? bridge->subordinate : NULL;

	f->dev[FAKE_PCI_ROOT] = at(f->bus, 1);
	f->dev[FAKE_PCI_LEFT] = at(below, 0);
	f->dev[FAKE_PCI_RIGHT] = at(below, 1);
	return f->dev[FAKE_PCI_ROOT] && f->dev[FAKE_PCI_LEFT] && f->dev[FAKE_PCI_RIGHT];
}

void fake_pci_destroy(struct fake_pci *f)
{
	struct pci_host_bridge *bridge = to_pci_host_bridge(f->bus->bridge);

	pci_lock_rescan_remove();
	pci_stop_root_bus(f->bus);
	pci_remove_root_bus(f->bus);
	pci_unlock_rescan_remove();
	/* The reference of pci_create_root_bus(), with which the windows go */
	pci_free_host_bridge(bridge);
	remove_resource(&f->io);
	remove_resource(&f->mem);
	kfree(f);
}

struct fake_pci *fake_pci_create(u16 vendor, u16 device)
{
	struct fake_pci *f = kzalloc(sizeof(*f), GFP_KERNEL);

	if (!f)
		return NULL;
	f->sysdata.domain = DOMAIN;
	f->sysdata.node = NUMA_NO_NODE;
	make_configs(f, vendor, device);
	if (make_windows(f))
		goto free;
	pci_lock_rescan_remove();
	f->bus = scan(f);
	pci_unlock_rescan_remove();
	if (!f->bus)
		goto remove;
	if (find(f))
		return f;
	fake_pci_destroy(f);
	return NULL;

remove:
	remove_resource(&f->io);
	remove_resource(&f->mem);
free:
	kfree(f);
	return NULL;
}

struct pci_dev *fake_pci_dev(struct fake_pci *f, enum fake_pci_device which)
{
	return f->dev[which];
}

static int fake_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(64));
}

static const struct pci_device_id fake_ids[] = {
	{ PCI_DEVICE(VENDOR, ENDPOINT) },
	{}
};

static struct pci_driver fake_driver = {
	.name = "fake_pci",
	.id_table = fake_ids,
	.probe = fake_probe,
};

int fake_pci_driver_register(void)
{
	return pci_register_driver(&fake_driver);
}

void fake_pci_driver_unregister(void)
{
	pci_unregister_driver(&fake_driver);
}

int fake_pci_bind(struct pci_dev *pdev)
{
	return device_driver_attach(&fake_driver.driver, &pdev->dev);
}

void fake_pci_unbind(struct pci_dev *pdev)
{
	device_release_driver(&pdev->dev);
}
