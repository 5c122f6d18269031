// SPDX-License-Identifier: GPL-2.0-only
#include <time.h>
#include <unistd.h>

#include "importer.h"
#include "thread.h"

static int begin_outage(struct thread *t)
{
	return t->outage->begin(t->vfio);
}

static int remove_device(struct thread *t)
{
	return device_remove(t->device);
}

static void *run(void *data)
{
	struct thread *t = data;

	t->ret = t->work(t);
	atomic_store(&t->done, true);
	return NULL;
}

static int begin(struct thread *t, int (*work)(struct thread *t))
{
	t->work = work;
	atomic_store(&t->done, false);
	return -pthread_create(&t->thread, NULL, run, t);
}

int thread_outage(struct thread *t, const struct outage *outage, struct vfio *v)
{
	t->outage = outage;
	t->vfio = v;
	return begin(t, begin_outage);
}

int thread_remove(struct thread *t, const struct device *d)
{
	t->device = d;
	return begin(t, remove_device);
}

double thread_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

bool thread_done(struct thread *t, int ms)
{
	double end = thread_now() + ms / 1e3;

	while (!atomic_load(&t->done) && thread_now() < end)
		usleep(1000);
	return atomic_load(&t->done);
}

int thread_end(struct thread *t)
{
	pthread_join(t->thread, NULL);
	return t->ret;
}

bool thread_tells(int importer)
{
	double end = thread_now() + LONG / 1e3;

	while (importer_moves(importer) <= 0 && thread_now() < end)
		usleep(1000);
	return importer_moves(importer) > 0;
}
