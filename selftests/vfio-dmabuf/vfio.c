// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <linux/pci_regs.h>
#include <linux/vfio.h>

#include "vfio.h"

static int open_group(const char *name, bool with_iommu)
{
	char path[PATH_MAX];
	int fd;

	snprintf(path, sizeof(path), "/dev/vfio/%s%s", with_iommu ? "" : "noiommu-", name);
	fd = open(path, O_RDWR | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static int by_group(struct vfio *v, const struct device *d, bool with_iommu)
{
	char name[64];
	int ret = device_link(d, "iommu_group", name, sizeof(name));

	if (ret)
		return ret;
	v->other[0] = open("/dev/vfio/vfio", O_RDWR | O_CLOEXEC);
	if (v->other[0] < 0)
		return -errno;
	v->other[1] = open_group(name, with_iommu);
	if (v->other[1] < 0)
		return v->other[1];
	if (ioctl(v->other[1], VFIO_GROUP_SET_CONTAINER, &v->other[0]) ||
	    ioctl(v->other[0], VFIO_SET_IOMMU,
		  with_iommu ? VFIO_TYPE1v2_IOMMU : VFIO_NOIOMMU_IOMMU))
		return -errno;
	v->fd = ioctl(v->other[1], VFIO_GROUP_GET_DEVICE_FD, d->name);
	return v->fd < 0 ? -errno : 0;
}

static int by_cdev(struct vfio *v, const struct device *d)
{
	struct vfio_device_bind_iommufd bind = { .argsz = sizeof(bind) };
	char name[64], path[PATH_MAX];
	int ret = device_entry(d, "vfio-dev", name, sizeof(name));

	if (ret)
		return ret;
	v->other[0] = open("/dev/iommu", O_RDWR | O_CLOEXEC);
	if (v->other[0] < 0)
		return -errno;
	snprintf(path, sizeof(path), "/dev/vfio/devices/%s", name);
	v->fd = open(path, O_RDWR | O_CLOEXEC);
	if (v->fd < 0)
		return -errno;
	bind.iommufd = v->other[0];
	return ioctl(v->fd, VFIO_DEVICE_BIND_IOMMUFD, &bind) ? -errno : 0;
}

int vfio_open(struct vfio *v, const struct device *d, enum vfio_way way)
{
	int ret;

	*v = (struct vfio){ .fd = -1, .other = { -1, -1 } };
	ret = way == VFIO_BY_CDEV ? by_cdev(v, d) : by_group(v, d, way == VFIO_BY_GROUP);
	if (ret)
		vfio_close(v);
	return ret;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void vfio_munmap(struct vfio *v)
{
	if (v->bar)
		munmap(v->bar, v->len);
	v->bar = NULL;
}

void vfio_close(struct vfio *v)
{
	vfio_munmap(v);
	close_fd(&v->fd);
	close_fd(&v->other[1]);
	close_fd(&v->other[0]);
}

static int region(const struct vfio *v, int index, __u64 *offset)
{
	struct vfio_region_info info = { .argsz = sizeof(info), .index = index };

	if (ioctl(v->fd, VFIO_DEVICE_GET_REGION_INFO, &info))
		return -errno;
	*offset = info.offset;
	return 0;
}

void *vfio_mmap(struct vfio *v, int bar, size_t len)
{
	__u64 offset = 0;
	int ret = region(v, bar, &offset);
	void *at;

	if (ret) {
		errno = -ret;
		return MAP_FAILED;
	}
	vfio_munmap(v);
	at = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_SHARED, v->fd, offset);
	if (at != MAP_FAILED) {
		v->bar = at;
		v->len = len;
	}
	return at;
}

int vfio_reset(const struct vfio *v)
{
	return ioctl(v->fd, VFIO_DEVICE_RESET) ? -errno : 0;
}

int vfio_hot_reset(const struct vfio *v)
{
	struct vfio_pci_hot_reset reset = { .argsz = sizeof(reset) };

	return ioctl(v->fd, VFIO_DEVICE_PCI_HOT_RESET, &reset) ? -errno : 0;
}

int vfio_low_power(const struct vfio *v, int on)
{
	struct vfio_device_feature f = {
		.argsz = sizeof(f),
		.flags = VFIO_DEVICE_FEATURE_SET | (on ? VFIO_DEVICE_FEATURE_LOW_POWER_ENTRY :
						    VFIO_DEVICE_FEATURE_LOW_POWER_EXIT),
	};

	return ioctl(v->fd, VFIO_DEVICE_FEATURE, &f) ? -errno : 0;
}

int vfio_config_read(const struct vfio *v, int at, void *data, int len)
{
	__u64 offset = 0;
	int ret = region(v, VFIO_PCI_CONFIG_REGION_INDEX, &offset);

	if (ret)
		return ret;
	return pread(v->fd, data, len, offset + at) == len ? 0 : -errno;
}

int vfio_config_write(const struct vfio *v, int at, const void *data, int len)
{
	__u64 offset = 0;
	int ret = region(v, VFIO_PCI_CONFIG_REGION_INDEX, &offset);

	if (ret)
		return ret;
	return pwrite(v->fd, data, len, offset + at) == len ? 0 : -errno;
}

int vfio_capability(const struct vfio *v, int id)
{
	__u8 cap[2] = { 0, 0 };
	__u8 at = 0;

	vfio_config_read(v, PCI_CAPABILITY_LIST, &at, 1);
	while (at && !vfio_config_read(v, at, cap, 2) && cap[0] != id)
		at = cap[1];
	return cap[0] == id ? at : 0;
}

static int change_bits(const struct vfio *v, int at, __u16 clear, __u16 set)
{
	__u16 val;
	int ret = vfio_config_read(v, at, &val, 2);

	val = (val & ~clear) | set;
	return ret ? ret : vfio_config_write(v, at, &val, 2);
}

int vfio_memory(const struct vfio *v, int on)
{
	return change_bits(v, PCI_COMMAND, PCI_COMMAND_MEMORY, on ? PCI_COMMAND_MEMORY : 0);
}

int vfio_power(const struct vfio *v, int state)
{
	int cap = vfio_capability(v, PCI_CAP_ID_PM);

	if (!cap)
		return -ENOTSUP;
	return change_bits(v, cap + PCI_PM_CTRL, PCI_PM_CTRL_STATE_MASK, state);
}

int vfio_flr(const struct vfio *v)
{
	int cap = vfio_capability(v, PCI_CAP_ID_EXP);
	__u32 can = 0;

	if (cap)
		vfio_config_read(v, cap + PCI_EXP_DEVCAP, &can, 4);
	if (!(can & PCI_EXP_DEVCAP_FLR))
		return -ENOTSUP;
	return change_bits(v, cap + PCI_EXP_DEVCTL, 0, PCI_EXP_DEVCTL_BCR_FLR);
}
