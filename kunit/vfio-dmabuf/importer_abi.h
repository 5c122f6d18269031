/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * /dev/importer-<PCI address>: an importer of dma-bufs, one for each open file,
 * whose device is QEMU's edu.  Everything returns 0, or -1 with errno.
 */
#ifndef IMPORTER_ABI_H
#define IMPORTER_ABI_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* Most bytes of one transfer: all that edu's own memory takes */
#define IMPORTER_MAX		2048

/* Leave the mapping as it is when the buffer moves, until IMPORTER_UNMAP */
#define IMPORTER_LATE		(1 << 0)
/* Say that the device needs struct pages */
#define IMPORTER_NEEDS_PAGES	(1 << 1)
/* Attach without a way to be told of moves */
#define IMPORTER_STATIC		(1 << 2)

struct importer_attach {
	__s32 fd;
	__u32 flags;
};

/* How the buffer is mapped now, and how often it has moved since it was attached. */
struct importer_state {
	__u32 moves;
	__u32 mapped;
	__u32 pieces;
	__u32 pages;		/* entries for the CPU */
	__u64 size;		/* sum of all pieces */
};

struct importer_piece {
	__u32 nr;
	__u32 len;		/* out, as all below */
	__u64 addr;
};

/* Bytes from or to @offset of what is mapped, moved by the device */
struct importer_transfer {
	__u64 offset;
	__u64 data;		/* user's pointer */
	__u32 len;
	__u32 pad;
};

struct importer_claim {
	__u64 start;		/* for the CPU */
	__u64 len;
};

/* What @times of mapping and unmapping have taken, in ns */
struct importer_cost {
	__u32 times;		/* in, as is the next */
	__u32 pages;
	__u64 map;
	__u64 unmap;
};

#define IMPORTER_ATTACH		_IOW('I', 1, struct importer_attach)
#define IMPORTER_DETACH		_IO('I', 2)
#define IMPORTER_MAP		_IO('I', 3)
#define IMPORTER_UNMAP		_IO('I', 4)
#define IMPORTER_PIN		_IO('I', 5)
#define IMPORTER_STATE		_IOR('I', 6, struct importer_state)
#define IMPORTER_PIECE		_IOWR('I', 7, struct importer_piece)
#define IMPORTER_READ		_IOW('I', 8, struct importer_transfer)
#define IMPORTER_WRITE		_IOW('I', 9, struct importer_transfer)
/* Have the buffer be in use until IMPORTER_FENCE_SIGNAL */
#define IMPORTER_FENCE		_IO('I', 10)
#define IMPORTER_FENCE_SIGNAL	_IO('I', 11)
/* Return how often the buffer has moved, without the lock of its reservation object */
#define IMPORTER_MOVES		_IO('I', 12)
/* Have addresses in use, as a driver has those of its BARs, until the file is closed */
#define IMPORTER_CLAIM		_IOW('I', 13, struct importer_claim)
/* Map and unmap the buffer */
#define IMPORTER_COST		_IOWR('I', 14, struct importer_cost)
/*
 * The same of memory with struct pages: so many of some device that has published
 * its memory, in a list that has an entry for each.  That needs no buffer.
 */
#define IMPORTER_COST_OF_PAGES	_IOWR('I', 15, struct importer_cost)

#endif
