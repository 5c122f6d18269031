/* SPDX-License-Identifier: GPL-2.0-only */
/* The smallest virtual machine: one processor, in real mode, in one page. */
#ifndef VM_H
#define VM_H

#include <linux/kvm.h>
#include <stddef.h>

struct vm {
	int fd;			/* of the virtual processor */
	struct kvm_run *run;
};

/* Create one that runs @code; returns NULL, or what could not be done. */
const char *vm_create(struct vm *vm, const unsigned char *code, size_t size);

/*
 * Run it until it comes back; returns its exit reason, or minus the errno when it did not
 * leave by itself.
 */
int vm_run(struct vm *vm);

#endif
