// SPDX-License-Identifier: GPL-2.0-only
/* An init that has a user's filter compiled, and the code of it logged, and powers off. */
#include <fcntl.h>
#include <linux/filter.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define SYSCTL "/proc/sys/net/core/bpf_jit_enable"
#define NOBODY 65534

/* The code is written for a filter that its user cannot be trusted with. */
static int filter(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
		BPF_STMT(BPF_RET | BPF_A, 0),
	};
	struct sock_fprog program = { .len = 2, .filter = code };
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

	return setuid(NOBODY) || fd < 0 ||
	       setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program));
}

int main(void)
{
	int status = 1;

	if (mount("proc", "/proc", "proc", 0, NULL) ||
	    write(open(SYSCTL, O_WRONLY), "2", 1) != 1)
		perror("jit");
	if (!fork())
		_exit(filter());
	wait(&status);
	printf("jit: %d\n", status);
	fflush(stdout);
	tcdrain(STDOUT_FILENO);
	return reboot(RB_POWER_OFF);
}
