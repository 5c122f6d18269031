// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "generator.h"

#define DIR	"/proc/net/pktgen/"
#define CONTROL	DIR "pgctrl"
#define PORT	1024	/* of the first session */

static int tell(const char *path, const char *words)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int err = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, words, strlen(words)) < 0)
		err = -errno;
	close(fd);
	return err;
}

static int tell_thread(long cpu, const char *words)
{
	char path[64];

	snprintf(path, sizeof(path), DIR "kpktgend_%ld", cpu);
	return tell(path, words);
}

static void path_of(const struct generator *g, unsigned int session, char *path, size_t size)
{
	snprintf(path, size, DIR "%s@%u", g->device, session);
}

static int tell_session(const struct generator *g, unsigned int session, const char *words)
{
	char path[64];

	path_of(g, session, path, sizeof(path));
	return tell(path, words);
}

static int add_session(const struct generator *g, unsigned int session)
{
	const char *mode = g->bypass ? "xmit_mode start_xmit" : "xmit_mode queue_xmit";
	const long cpu = session % sysconf(_SC_NPROCESSORS_ONLN);
	char device[64], low[32], high[32];
	/* No limit, and no packet that is the generator's and the device's at once. */
	const char *const words[] = {
		"count 0", "flag !SHARED", "dst 192.0.2.2", mode, low, high,
	};
	int err;

	snprintf(device, sizeof(device), "add_device %s@%u", g->device, session);
	snprintf(low, sizeof(low), "udp_dst_min %u", PORT + session);
	snprintf(high, sizeof(high), "udp_dst_max %u", PORT + session);
	err = tell_thread(cpu, device);
	for (int i = 0; !err && i < sizeof(words) / sizeof(*words); i++)
		err = tell_session(g, session, words[i]);
	return err;
}

int generator_open(const struct generator *g)
{
	int err = 0;

	for (unsigned int i = 0; !err && i < g->sessions; i++)
		err = add_session(g, i);
	return err;
}

int generator_close(void)
{
	int err = 0;

	for (long cpu = 0; !err && cpu < sysconf(_SC_NPROCESSORS_ONLN); cpu++)
		err = tell_thread(cpu, "rem_device_all");
	return err;
}

/* This comes to its end when all sessions do. */
static void *run(void *data)
{
	struct generator *g = data;

	g->err = tell(CONTROL, "start");
	return NULL;
}

int generator_start(struct generator *g)
{
	return -pthread_create(&g->thread, NULL, run, g);
}

int generator_stop(struct generator *g)
{
	int err = tell(CONTROL, "stop");

	if (err)
		return err;
	err = -pthread_join(g->thread, NULL);
	return err ? err : g->err;
}

static int read_session(const char *path, __u64 *n)
{
	unsigned long long sent, dropped;
	char text[4096], *at;
	ssize_t len;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	len = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (len < 0)
		return -EIO;
	text[len] = '\0';
	at = strstr(text, "pkts-sofar: ");
	if (!at || sscanf(at, "pkts-sofar: %llu errors: %llu", &sent, &dropped) != 2)
		return -EBADMSG;
	*n += sent + dropped;
	return 0;
}

int generator_sent(const struct generator *g, __u64 *n)
{
	char path[64];
	int err = 0;

	*n = 0;
	for (unsigned int i = 0; !err && i < g->sessions; i++) {
		path_of(g, i, path, sizeof(path));
		err = read_session(path, n);
	}
	return err;
}
