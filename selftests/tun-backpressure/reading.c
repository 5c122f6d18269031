// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <unistd.h>

#include "reading.h"
#include "seen.h"
#include "take.h"
#include "wait.h"

#define AT_ONCE	16	/* frames */

static int take_some(struct reading *r)
{
	__u32 stream, seq;
	int n = 1, some = 0;

	pthread_mutex_lock(&r->pause);
	while (*r->fd >= 0 && n > 0 && some < AT_ONCE) {
		n = take(*r->fd, r->tap, &stream, &seq);
		if (n > 0 && r->seen && seen_add(r->seen, stream, seq))
			n = -EILSEQ;
		some += n > 0;
	}
	pthread_mutex_unlock(&r->pause);
	return n < 0 ? n : some;
}

static void *run(void *data)
{
	struct reading *r = data;
	int n;

	while (!r->stop) {
		n = take_some(r);
		if (n < 0) {
			r->err = n;
			break;
		}
		r->received += n;
		if (!n && !r->spins)
			usleep(100);
	}
	return NULL;
}

int reading_start(struct reading *r)
{
	pthread_mutex_init(&r->pause, NULL);
	return -pthread_create(&r->thread, NULL, run, r);
}

void reading_pause(struct reading *r)
{
	pthread_mutex_lock(&r->pause);
}

void reading_go_on(struct reading *r)
{
	pthread_mutex_unlock(&r->pause);
}

bool reading_wait(const struct reading *r, __u32 n)
{
	const long long since = now_ms();
	const __u32 before = r->received;

	while (r->received - before < n)
		if (!wait_more(since))
			return false;
	return true;
}

int reading_end(struct reading *r)
{
	int err;

	r->stop = true;
	err = -pthread_join(r->thread, NULL);
	return err ? err : r->err;
}
