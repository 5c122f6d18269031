// SPDX-License-Identifier: GPL-2.0-only
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "device.h"

#define PCI "/sys/bus/pci/"

static int put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), ret = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		ret = -errno;
	close(fd);
	return ret;
}

static int put_of(const struct device *d, const char *file, const char *text)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), PCI "devices/%s/%s", d->name, file);
	return put(path, text);
}

static unsigned int number_of(const char *name, const char *file)
{
	char path[PATH_MAX];
	unsigned int n = 0;
	FILE *f;

	snprintf(path, sizeof(path), PCI "devices/%s/%s", name, file);
	f = fopen(path, "re");
	if (!f)
		return 0;
	if (fscanf(f, "%x", &n) != 1)
		n = 0;
	fclose(f);
	return n;
}

int device_find(struct device *d, unsigned int vendor, unsigned int id, int nr)
{
	struct dirent **all;
	int n = scandir(PCI "devices", &all, NULL, alphasort), ret = -ENODEV;

	for (int i = 0; i < n; i++) {
		const char *name = all[i]->d_name;

		if (ret && name[0] != '.' && number_of(name, "vendor") == vendor &&
		    number_of(name, "device") == id && !nr--) {
			snprintf(d->name, sizeof(d->name), "%.15s", name);
			ret = 0;
		}
		free(all[i]);
	}
	if (n >= 0)
		free(all);
	return ret;
}

int device_link(const struct device *d, const char *link, char *name, int size)
{
	char path[PATH_MAX], to[PATH_MAX];
	ssize_t n;

	snprintf(path, sizeof(path), PCI "devices/%s/%s", d->name, link);
	n = readlink(path, to, sizeof(to) - 1);
	if (n < 0)
		return -errno;
	to[n] = '\0';
	snprintf(name, size, "%s", strrchr(to, '/') + 1);
	return 0;
}

int device_entry(const struct device *d, const char *dir, char *name, int size)
{
	char path[PATH_MAX];
	struct dirent *e;
	DIR *open;

	snprintf(path, sizeof(path), PCI "devices/%s/%s", d->name, dir);
	open = opendir(path);
	if (!open)
		return -errno;
	while ((e = readdir(open)) && e->d_name[0] == '.')
		;
	if (e)
		snprintf(name, size, "%s", e->d_name);
	closedir(open);
	return e ? 0 : -ENOENT;
}

int device_bound(const struct device *d)
{
	char driver[64];

	return !device_link(d, "driver", driver, sizeof(driver));
}

int device_enabled(const struct device *d)
{
	return number_of(d->name, "enable") > 0;
}

int device_give(const struct device *d, const char *driver)
{
	int ret = put_of(d, "driver_override", driver);

	if (!ret && device_bound(d))
		ret = put_of(d, "driver/unbind", d->name);
	return ret ? ret : put(PCI "drivers_probe", d->name);
}

int device_give_back(const struct device *d)
{
	return device_give(d, "\n");
}

int device_remove(const struct device *d)
{
	return put_of(d, "remove", "1");
}

int device_rescan(void)
{
	return put(PCI "rescan", "1");
}

int device_bar(const struct device *d, int bar, __u64 *start, __u64 *len)
{
	unsigned long long from = 0, to = 0;
	char path[PATH_MAX];
	FILE *f;

	snprintf(path, sizeof(path), PCI "devices/%s/resource", d->name);
	f = fopen(path, "re");
	if (!f)
		return -errno;
	for (int i = 0; i <= bar; i++)
		if (fscanf(f, "%llx %llx %*x", &from, &to) != 2)
			from = to = 0;
	fclose(f);
	*start = from;
	*len = to ? to - from + 1 : 0;
	return to ? 0 : -ENOENT;
}
