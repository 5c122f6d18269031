// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "noiommu.h"

#define ALLOW "/sys/module/vfio/parameters/enable_unsafe_noiommu_mode"

bool noiommu_is(void)
{
	return access("/sys/class/iommu/dmar0", F_OK);
}

int noiommu_allow(bool allow)
{
	int fd = open(ALLOW, O_WRONLY | O_CLOEXEC), ret;

	if (fd < 0)
		return -errno;
	ret = write(fd, allow ? "Y" : "N", 1) == 1 ? 0 : -errno;
	close(fd);
	return ret;
}
