/* SPDX-License-Identifier: GPL-2.0-only */
/* PCI devices by what sysfs has of them.  0, or a negative errno. */
#ifndef DEVICE_H
#define DEVICE_H

#include <linux/types.h>

#define IVSHMEM		0x1af4, 0x1110
#define EDU		0x1234, 0x11e8
#define NVME		0x1b36, 0x0010

struct device {
	char name[16];		/* 0000:00:04.0 */
};

/* The device @nr of that kind, from 0; -ENODEV when there is none. */
int device_find(struct device *d, unsigned int vendor, unsigned int id, int nr);

/* Give it to vfio-pci, or to the driver that it has by itself. */
int device_give(const struct device *d, const char *driver);
int device_give_back(const struct device *d);

/* Whether a driver is bound to it. */
int device_bound(const struct device *d);

/* Whether it is enabled, as vfio-pci has it from opening to closing it. */
int device_enabled(const struct device *d);

/* Take it out of the machine, and look for all that is in there. */
int device_remove(const struct device *d);
int device_rescan(void);

/* Where a BAR is for the CPU, and how long. */
int device_bar(const struct device *d, int bar, __u64 *start, __u64 *len);

/* The last part of what a link in its directory points to. */
int device_link(const struct device *d, const char *link, char *name, int size);

/* The first name in a directory of its. */
int device_entry(const struct device *d, const char *dir, char *name, int size);

#endif
