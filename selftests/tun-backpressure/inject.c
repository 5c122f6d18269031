// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <linux/bpf.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "frame.h"
#include "inject.h"

static int bpf(int command, union bpf_attr *attr)
{
	int ret = syscall(SYS_bpf, command, attr, sizeof(*attr));

	return ret < 0 ? -errno : ret;
}

/* A program that returns bpf_redirect(ifindex, 0). */
static int load_redirect(int ifindex)
{
	const struct bpf_insn insns[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_1, .imm = ifindex },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_2 },
		{ .code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_redirect },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	union bpf_attr attr = {
		.prog_type = BPF_PROG_TYPE_XDP,
		.insns = (unsigned long)insns,
		.insn_cnt = sizeof(insns) / sizeof(*insns),
		.license = (unsigned long)"GPL",
	};

	return bpf(BPF_PROG_LOAD, &attr);
}

int inject(int ifindex, __u32 stream, unsigned int n)
{
	const unsigned int start = frame_start(true);
	union bpf_attr attr = { 0 };
	struct frame f;
	int fd, err;

	fd = load_redirect(ifindex);
	if (fd < 0)
		return fd;
	frame_make(&f, stream, 0);
	attr.test.prog_fd = fd;
	attr.test.data_in = (unsigned long)((char *)&f + start);
	attr.test.data_size_in = sizeof(f) - start;
	attr.test.repeat = n;
	attr.test.flags = BPF_F_TEST_XDP_LIVE_FRAMES;
	err = bpf(BPF_PROG_TEST_RUN, &attr);
	close(fd);
	return err;
}
