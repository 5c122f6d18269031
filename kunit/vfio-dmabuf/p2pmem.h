/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef P2PMEM_H
#define P2PMEM_H

#include <linux/pci.h>

#include "importer_abi.h"

/*
 * Map c->pages of another device's memory, which have struct pages, for @client, and
 * unmap them, c->times, and add what that takes.  The list is made anew each time.
 * -ENODEV when no device that @client reaches has published any memory, -ENOMEM when
 * none has that much left.
 */
int p2pmem_cost(struct pci_dev *client, struct importer_cost *c);

#endif
