// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "hold.h"
#include "run.h"
#include "status.h"

static const struct timespec pause_between = { .tv_nsec = 100000000 };

static pid_t holder(int fd)
{
	struct flock l = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	return fcntl(fd, F_GETLK, &l) || l.l_type == F_UNLCK ? 0 : l.l_pid;
}

static int take(int fd, const char *path, const char *what, bool wait)
{
	struct flock l = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	bool said = false;
	int err;

	while (fcntl(fd, F_SETLK, &l)) {
		if (errno != EACCES && errno != EAGAIN)
			return fail_errno(ST_INFRA, "cannot lock %s", path);
		if (!wait)
			return fail(ST_BUSY, "process %ld is at work on %s; wait for it to end",
				    (long)holder(fd), what);
		if (!said)
			notice("waiting for process %ld, which is at work on %s",
			       (long)holder(fd), what);
		said = true;
		nanosleep(&pause_between, NULL);
		err = interrupted();
		if (err)
			return err;
	}
	return ST_OK;
}

int hold_take(const char *path, const char *what, bool wait, int *fd)
{
	int err;

	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (*fd < 0)
		return fail_errno(ST_INFRA, "cannot open %s", path);
	err = take(*fd, path, what, wait);
	if (err) {
		close(*fd);
		*fd = -1;
	}
	return err;
}

void hold_release(int fd)
{
	close(fd);
}
