// SPDX-License-Identifier: GPL-2.0-only
/*
 * An init that leaves guests in several ways.  What the kernel does meanwhile is traced
 * from outside, where getppid() is seen as a mark; it is called once between any two
 * things that are done here.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "../vm.h"

/* cpuid, which the kernel handles; out, which user space has to; and round again */
static const unsigned char leaves[] = { 0xe6, 0x10, 0xeb, 0xfc };
static const unsigned char leaves_late[] = { 0x0f, 0xa2, 0x0f, 0xa2, 0xe6, 0x10, 0xeb, 0xf8 };
static const unsigned char stays[] = { 0xeb, 0xfe };

static void mark(void)
{
	syscall(SYS_getppid);
}

static void end(const char *what, const char *detail)
{
	printf("flush: %s %s\n", what, detail);
	fflush(stdout);
	tcdrain(STDOUT_FILENO);
	reboot(RB_POWER_OFF);
	exit(1);
}

static void priority(int level)
{
	struct sched_param p = { .sched_priority = level };

	if (sched_setscheduler(0, SCHED_FIFO, &p))
		end("problem", "SCHED_FIFO");
}

static void load(const char *module)
{
	int fd = open(module, O_RDONLY);

	if (fd < 0 || syscall(SYS_finit_module, fd, "", 0))
		end("problem", module);
}

static void create(struct vm *vm, const unsigned char *code, size_t size)
{
	const char *wrong = vm_create(vm, code, size);

	if (wrong)
		end("problem", wrong);
}

static void run(struct vm *vm, int want)
{
	if (vm_run(vm) != want)
		end("problem", "the guest did not leave as it should");
}

static void on_alarm(int signal)
{
	mark();
}

static void alarm_after(long microseconds)
{
	struct itimerval t = { .it_value.tv_usec = microseconds };

	setitimer(ITIMER_REAL, &t, NULL);
}

/* A task that gets the processor while the guest has it, and marks that twice. */
static void other_task(void)
{
	if (fork()) {
		sched_yield();
		return;
	}
	priority(2);
	usleep(50000);
	mark();
	mark();
	_exit(0);
}

int main(void)
{
	struct vm vm, late, stay;

	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	load("/kvm-amd.ko");
	signal(SIGALRM, on_alarm);
	create(&vm, leaves, sizeof(leaves));
	create(&late, leaves_late, sizeof(leaves_late));
	create(&stay, stays, sizeof(stays));
	priority(1);
	run(&vm, KVM_EXIT_IO);
	run(&late, KVM_EXIT_IO);

	mark();
	mark();			/* nothing was done */
	run(&vm, KVM_EXIT_IO);
	mark();
	run(&vm, KVM_EXIT_IO);
	mark();
	run(&late, KVM_EXIT_IO);
	mark();
	vm.run->immediate_exit = 1;
	run(&vm, -EINTR);
	mark();
	alarm_after(50000);
	run(&stay, -EINTR);
	mark();
	alarm_after(200000);
	other_task();
	run(&stay, -EINTR);
	mark();
	wait(NULL);
	mark();
	end("end", "");
}
