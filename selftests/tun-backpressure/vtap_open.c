// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include <linux/if_tun.h>

#include "vtap_open.h"

#define NODE	"/dev/tun-backpressure"

/* A sysfs shows the devices of the network namespace that mounts it. */
static int see_our_devices(void)
{
	if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("sysfs", "/sys", "sysfs", 0, NULL))
		return -errno;
	return 0;
}

static int read_numbers(const char *name, dev_t *dev)
{
	unsigned int major, minor;
	char path[128];
	FILE *f;
	int n;

	snprintf(path, sizeof(path), "/sys/class/net/%s/tap%u/dev", name,
		 if_nametoindex(name));
	f = fopen(path, "re");
	if (!f)
		return -errno;
	n = fscanf(f, "%u:%u", &major, &minor);
	fclose(f);
	if (n != 2)
		return -EINVAL;
	*dev = makedev(major, minor);
	return 0;
}

static int open_node(dev_t dev)
{
	int fd;

	if (mknod(NODE, S_IFCHR | 0600, dev))
		return -errno;
	fd = open(NODE, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		fd = -errno;
	unlink(NODE);
	return fd;
}

int vtap_open(const char *name)
{
	struct ifreq ifr = { .ifr_flags = IFF_TAP | IFF_NO_PI };
	dev_t dev = 0;
	int fd, err;

	err = see_our_devices();
	if (!err)
		err = read_numbers(name, &dev);
	if (err)
		return err;
	fd = open_node(dev);
	if (fd < 0 || !ioctl(fd, TUNSETIFF, &ifr))
		return fd;
	err = -errno;
	close(fd);
	return err;
}
