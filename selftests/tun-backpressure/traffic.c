// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>

#include "traffic.h"
#include "wait.h"

/* A device that is down takes nothing, and is sent to again. */
static int send_next(struct traffic *t)
{
	long long since = now_ms();
	int err;

	do {
		err = sender_send(&t->sender);
	} while (err == -ENETDOWN && !t->stop && wait_more(since));
	return t->stop && err == -ENETDOWN ? 0 : err;
}

static void *run(void *data)
{
	struct traffic *t = data;

	while (!t->err && !t->stop && t->sender.seq < t->frames) {
		t->sender.stream = t->first + t->sender.seq % t->streams;
		t->err = send_next(t);
	}
	t->done = true;
	return NULL;
}

int traffic_start(struct traffic *t)
{
	return -pthread_create(&t->thread, NULL, run, t);
}

int traffic_end(struct traffic *t)
{
	int err = -pthread_join(t->thread, NULL);

	return err ? err : t->err;
}
