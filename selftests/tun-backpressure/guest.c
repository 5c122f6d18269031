// SPDX-License-Identifier: GPL-2.0-only
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <linux/vhost.h>
#include <linux/virtio_config.h>
#include <linux/virtio_net.h>

#include "frame.h"
#include "guest.h"

#define BUFFER	2048	/* bytes: a header and a frame */
#define ALIGN	4096
#define RX	0	/* the virtqueue of vhost-net that receives */

static size_t ring_bytes(void)
{
	return (vring_size(GUEST_BUFFERS, ALIGN) + ALIGN - 1) & ~(ALIGN - 1UL);
}

static size_t memory_bytes(void)
{
	return ring_bytes() + GUEST_BUFFERS * BUFFER;
}

/* The guest's physical addresses are our virtual ones. */
static int share_memory(struct guest *g)
{
	struct {
		struct vhost_memory table;
		struct vhost_memory_region region;
	} m = {
		.table.nregions = 1,
		.region = {
			.guest_phys_addr = (unsigned long)g->memory,
			.userspace_addr = (unsigned long)g->memory,
			.memory_size = memory_bytes(),
		},
	};

	return ioctl(g->vhost, VHOST_SET_MEM_TABLE, &m) ? -errno : 0;
}

static int set_up_ring(struct guest *g)
{
	struct vhost_vring_state num = { .index = RX, .num = GUEST_BUFFERS };
	struct vhost_vring_state base = { .index = RX };
	struct vhost_vring_addr addr = {
		.index = RX,
		.desc_user_addr = (unsigned long)g->vring.desc,
		.avail_user_addr = (unsigned long)g->vring.avail,
		.used_user_addr = (unsigned long)g->vring.used,
	};
	struct vhost_vring_file kick = { .index = RX, .fd = g->kick };
	struct vhost_vring_file call = { .index = RX, .fd = g->call };

	if (ioctl(g->vhost, VHOST_SET_VRING_NUM, &num) ||
	    ioctl(g->vhost, VHOST_SET_VRING_BASE, &base) ||
	    ioctl(g->vhost, VHOST_SET_VRING_ADDR, &addr) ||
	    ioctl(g->vhost, VHOST_SET_VRING_KICK, &kick) ||
	    ioctl(g->vhost, VHOST_SET_VRING_CALL, &call))
		return -errno;
	return 0;
}

static int set_up(struct guest *g)
{
	__u64 features = 1ULL << VIRTIO_F_VERSION_1 | 1ULL << VHOST_NET_F_VIRTIO_NET_HDR;
	int err;

	if (g->vhost < 0 || g->kick < 0 || g->call < 0 || g->memory == MAP_FAILED)
		return -errno;
	if (ioctl(g->vhost, VHOST_SET_OWNER) || ioctl(g->vhost, VHOST_SET_FEATURES, &features))
		return -errno;
	err = share_memory(g);
	return err ? err : set_up_ring(g);
}

int guest_open(struct guest *g)
{
	int err;

	*g = (struct guest){
		.vhost = open("/dev/vhost-net", O_RDWR | O_CLOEXEC),
		.kick = eventfd(0, EFD_CLOEXEC),
		.call = eventfd(0, EFD_CLOEXEC),
		.memory = mmap(NULL, memory_bytes(), PROT_READ | PROT_WRITE,
			       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
	};
	vring_init(&g->vring, GUEST_BUFFERS, g->memory, ALIGN);
	g->buffers = (char *)g->memory + ring_bytes();
	err = set_up(g);
	if (err)
		guest_close(g);
	return err;
}

void guest_close(struct guest *g)
{
	close(g->vhost);
	close(g->kick);
	close(g->call);
	munmap(g->memory, memory_bytes());
}

int guest_backend(struct guest *g, int fd)
{
	struct vhost_vring_file backend = { .index = RX, .fd = fd };

	return ioctl(g->vhost, VHOST_NET_SET_BACKEND, &backend) ? -errno : 0;
}

int guest_post(struct guest *g, unsigned int n)
{
	const __u64 one = 1;

	while (n--) {
		unsigned int i = g->posted++ % GUEST_BUFFERS;

		g->vring.desc[i] = (struct vring_desc){
			.addr = htole64((unsigned long)(g->buffers + i * BUFFER)),
			.len = htole32(BUFFER),
			.flags = htole16(VRING_DESC_F_WRITE),
		};
		g->vring.avail->ring[i] = htole16(i);
	}
	__atomic_store_n(&g->vring.avail->idx, htole16(g->posted), __ATOMIC_SEQ_CST);
	return write(g->kick, &one, sizeof(one)) == sizeof(one) ? 0 : -errno;
}

/* The buffers are used in the order in which they were posted. */
int guest_receive(struct guest *g, const void **data, unsigned int *len)
{
	const unsigned int header = sizeof(struct virtio_net_hdr_v1);
	unsigned int i = g->used % GUEST_BUFFERS;
	const struct vring_used_elem *e = &g->vring.used->ring[i];

	if (le16toh(__atomic_load_n(&g->vring.used->idx, __ATOMIC_ACQUIRE)) == g->used)
		return 0;
	g->used++;
	if (le32toh(e->id) != i || le32toh(e->len) < header)
		return -EPROTO;
	*data = g->buffers + i * BUFFER + header;
	*len = le32toh(e->len) - header;
	return 1;
}

int guest_take(struct guest *g, bool tap, __u32 *stream, __u32 *seq)
{
	const void *data;
	unsigned int len;
	int got = guest_receive(g, &data, &len);

	if (got <= 0)
		return got;
	return frame_read(data, len, tap, stream, seq) ? 1 : -EBADMSG;
}
