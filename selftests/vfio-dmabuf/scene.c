// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <unistd.h>

#include "noiommu.h"
#include "scene.h"

/* A driver binds to what the kernel has by now; vfio-pci takes the exporter. */
static int begin(struct scene *s, const struct scene_kind *kind)
{
	int ret = device_give(&s->dev, "vfio-pci");

	if (!ret)
		ret = vfio_open(&s->vfio, &s->dev, kind->way);
	if (!ret)
		ret = device_bar(&s->dev, kind->bar, &s->start, &s->len);
	if (ret)
		return ret;
	s->importer = importer_open(&s->edu);
	return s->importer < 0 ? s->importer : 0;
}

int scene_begin(struct scene *s, const struct scene_kind *kind)
{
	int ret;

	/* What the machine has decides, and no more: all else is a failure. */
	*s = (struct scene){ .bar = kind->bar, .importer = -1, .vfio = { -1, { -1, -1 } } };
	s->without_iommu = kind->way == VFIO_WITHOUT_IOMMU;
	if (s->without_iommu != noiommu_is())
		return -ENODEV;
	ret = device_find(&s->dev, kind->vendor, kind->id, kind->nr);
	if (!ret)
		ret = device_find(&s->edu, EDU, 0);
	if (ret)
		return ret;
	if (s->without_iommu)
		ret = noiommu_allow(true);
	if (!ret)
		ret = begin(s, kind);
	if (ret)
		scene_end(s);
	return ret == -ENODEV ? -EIO : ret;
}

void scene_end(struct scene *s)
{
	if (!s->dev.name[0])
		return;
	if (s->importer >= 0)
		close(s->importer);
	vfio_close(&s->vfio);
	device_give_back(&s->dev);
	if (s->without_iommu)
		noiommu_allow(false);
}

bool scene_has_bytes(const struct scene_kind *kind)
{
	const struct scene_kind ivshmem = { IVSHMEM };

	return kind->vendor == ivshmem.vendor;
}

int scene_export(const struct scene *s, __u64 offset, __u64 len)
{
	struct export e = export_of(s->bar, offset, len);

	return export(s->vfio.fd, &e);
}

int scene_import(const struct scene *s, __u64 offset, __u64 len, __u32 flags)
{
	int fd = scene_export(s, offset, len), ret;

	if (fd < 0)
		return fd;
	ret = importer_attach(s->importer, fd, flags);
	if (!ret)
		ret = importer_do(s->importer, IMPORTER_MAP);
	if (!ret)
		return fd;
	close(fd);
	return ret;
}
