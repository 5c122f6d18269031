/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A PCI host bridge with a few devices that are nothing but configuration space.
 *
 *	00.0	host bridge
 *	01.0	FAKE_PCI_ROOT
 *	02.0	bridge
 *		00.0	FAKE_PCI_LEFT
 *		01.0	FAKE_PCI_RIGHT
 *
 * Addresses on its buses differ from the CPU's by FAKE_PCI_OFFSET.  Nothing is
 * there to be read or written: its memory can be mapped, not used.
 */
#ifndef FAKE_PCI_H
#define FAKE_PCI_H

#include <linux/ioport.h>
#include <linux/pci.h>

#define FAKE_PCI_CPU		0x5000000000ULL
#define FAKE_PCI_BUS		0x80000000ULL
#define FAKE_PCI_OFFSET		(FAKE_PCI_CPU - FAKE_PCI_BUS)

/* The BARs that each of its devices has */
#define FAKE_PCI_MEM		0	/* 64 bit */
#define FAKE_PCI_MEM_SIZE	(4UL << 20)
#define FAKE_PCI_IO		2
#define FAKE_PCI_SMALL		3	/* a page, 32 bit */
#define FAKE_PCI_NONE		4

enum fake_pci_device {
	FAKE_PCI_ROOT,
	FAKE_PCI_LEFT,
	FAKE_PCI_RIGHT,
	FAKE_PCI_DEVICES,
};

/*
 * Make the bus, with a host bridge of that vendor and device: what p2pdma.c thinks
 * of it decides whether devices reach each other through it.  They are bound to a
 * driver that does nothing.  NULL when that fails.
 */
struct fake_pci *fake_pci_create(u16 vendor, u16 device);
void fake_pci_destroy(struct fake_pci *f);

struct pci_dev *fake_pci_dev(struct fake_pci *f, enum fake_pci_device which);

int fake_pci_bind(struct pci_dev *pdev);
void fake_pci_unbind(struct pci_dev *pdev);

int fake_pci_driver_register(void);
void fake_pci_driver_unregister(void);

#endif
