// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "../guest.h"
#include "pump.h"

#define BATCH		64	/* buffers that are posted at once */
#define IDLE_MS		100	/* until it looks whether it is to stop */

static int pass_on(struct pump *p, const void *frame, unsigned int len)
{
	p->frames++;
	if (p->to < 0 || write(p->to, frame, len) == len)
		return 1;
	return -errno;
}

static int next_of_file(struct pump *p)
{
	char frame[2048];
	ssize_t n = read(p->fd, frame, sizeof(frame));

	if (n < 0)
		return errno == EAGAIN ? 0 : -errno;
	return pass_on(p, frame, n);
}

static int give_back(struct pump *p)
{
	unsigned int n = p->taken;

	p->taken = 0;
	return n ? guest_post(p->guest, n) : 0;
}

static int next_of_guest(struct pump *p)
{
	const void *frame;
	unsigned int len;
	int n = guest_receive(p->guest, &frame, &len);
	int err = 0;

	if (n > 0) {
		n = pass_on(p, frame, len);
		p->taken++;
	}
	if (!n || p->taken == BATCH)
		err = give_back(p);
	return err ? err : n;
}

/* Wait until there may be more. */
static void idle(const struct pump *p)
{
	struct pollfd some = { .fd = p->guest ? p->guest->call : p->fd, .events = POLLIN };
	__u64 calls;

	if (poll(&some, 1, IDLE_MS) > 0 && p->guest &&
	    read(p->guest->call, &calls, sizeof(calls)) < 0)
		usleep(IDLE_MS * 1000);
}

static void *run(void *data)
{
	struct pump *p = data;
	int n;

	while (!p->stop && !p->err) {
		n = p->guest ? next_of_guest(p) : next_of_file(p);
		if (n < 0)
			p->err = n;
		if (!n)
			idle(p);
	}
	return NULL;
}

int pump_start(struct pump *p)
{
	int err = 0;

	if (p->guest)
		err = guest_post(p->guest, GUEST_BUFFERS);
	if (p->guest && !err)
		err = guest_backend(p->guest, p->fd);
	return err ? err : -pthread_create(&p->thread, NULL, run, p);
}

int pump_end(struct pump *p)
{
	int err;

	p->stop = true;
	err = -pthread_join(p->thread, NULL);
	return err ? err : p->err;
}
