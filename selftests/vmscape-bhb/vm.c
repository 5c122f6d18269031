// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "vm.h"

#define PAGE 4096

static int start_at_0(int cpu)
{
	struct kvm_sregs sregs;
	struct kvm_regs regs = { .rflags = 2 };

	if (ioctl(cpu, KVM_GET_SREGS, &sregs))
		return -1;
	sregs.cs.base = 0;
	sregs.cs.selector = 0;
	return ioctl(cpu, KVM_SET_SREGS, &sregs) || ioctl(cpu, KVM_SET_REGS, &regs);
}

const char *vm_create(struct vm *vm, const unsigned char *code, size_t size)
{
	void *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct kvm_userspace_memory_region region = {
		.memory_size = PAGE,
		.userspace_addr = (unsigned long)page,
	};
	int kvm = open("/dev/kvm", O_RDWR), machine;

	if (page == MAP_FAILED)
		return "mmap";
	memcpy(page, code, size);
	if (kvm < 0)
		return "/dev/kvm";
	machine = ioctl(kvm, KVM_CREATE_VM, 0);
	if (machine < 0)
		return "KVM_CREATE_VM";
	if (ioctl(machine, KVM_SET_USER_MEMORY_REGION, &region))
		return "KVM_SET_USER_MEMORY_REGION";
	vm->fd = ioctl(machine, KVM_CREATE_VCPU, 0);
	if (vm->fd < 0)
		return "KVM_CREATE_VCPU";
	vm->run = mmap(NULL, ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0), PROT_READ | PROT_WRITE,
		       MAP_SHARED, vm->fd, 0);
	if (vm->run == MAP_FAILED)
		return "mmap of the processor";
	return start_at_0(vm->fd) ? "registers" : NULL;
}

int vm_run(struct vm *vm)
{
	return ioctl(vm->fd, KVM_RUN, 0) ? -errno : (int)vm->run->exit_reason;
}
