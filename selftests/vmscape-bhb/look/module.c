// SPDX-License-Identifier: GPL-2.0-only
/* An init that loads /test_bpf.ko without CAP_SYS_ADMIN, and powers off. */
#include <fcntl.h>
#include <linux/capability.h>
#include <stdio.h>
#include <sys/reboot.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

/* Most filters are among these, and none of the tests that take minutes emulated. */
static const char some[] = "test_suite=test_bpf test_range=0,640";

/* Filters are compiled as those of a user who is not trusted by who has no CAP_SYS_ADMIN. */
static int drop_admin(void)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

	if (syscall(SYS_capget, &head, data))
		return -1;
	data[0].effective &= ~(1u << CAP_SYS_ADMIN);
	return syscall(SYS_capset, &head, data);
}

static int load(void)
{
	int fd = open("/test_bpf.ko", O_RDONLY);

	if (fd < 0 || drop_admin() || syscall(SYS_finit_module, fd, some, 0)) {
		perror("module");
		return 1;
	}
	return 0;
}

int main(void)
{
	int status = 1;

	if (!fork())
		_exit(load());
	wait(&status);
	printf("module: %d\n", status);
	fflush(stdout);
	tcdrain(STDOUT_FILENO);
	return reboot(RB_POWER_OFF);
}
