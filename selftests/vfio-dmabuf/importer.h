/* SPDX-License-Identifier: GPL-2.0-only */
/* An importer of dma-bufs in the kernel.  0 or more, or a negative errno. */
#ifndef IMPORTER_H
#define IMPORTER_H

#include "../../../../../lib/stack/vfio-dmabuf/importer_abi.h"
#include "device.h"

/* One that has @edu as its device. */
int importer_open(const struct device *edu);

int importer_attach(int fd, int dmabuf, __u32 flags);

/* Those without an argument: IMPORTER_MAP and the like */
int importer_do(int fd, unsigned long what);

/* How often the buffer has moved. That can be asked while somebody waits for a fence. */
int importer_moves(int fd);

/* Whether it is mapped. */
int importer_mapped(int fd);

/* Have addresses of the CPU's in use until @fd is closed. */
int importer_claim(int fd, __u64 start, __u64 len);

int importer_read(int fd, __u64 offset, void *data, __u32 len);
int importer_write(int fd, __u64 offset, const void *data, __u32 len);

#endif
