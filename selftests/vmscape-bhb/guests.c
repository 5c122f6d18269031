// SPDX-License-Identifier: GPL-2.0-only
/*
 * Guests that leave to user space again and again, more of them than processors, so that
 * they move and interrupt one another: whatever is flushed on the way, they have to run
 * on.  And the state of the mitigation has to be one that is documented.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vm.h"
#include "../../kselftest.h"

#define GUESTS 6
#define ROUNDS 2000
#define STATE "/sys/devices/system/cpu/vulnerabilities/vmscape"

/* out, and round again */
static const unsigned char leaves[] = { 0xe6, 0x10, 0xeb, 0xfc };

static void *leave(void *wrong)
{
	struct vm vm;

	*(const char **)wrong = vm_create(&vm, leaves, sizeof(leaves));
	for (int i = 0; !*(const char **)wrong && i < ROUNDS; i++)
		if (vm_run(&vm) != KVM_EXIT_IO)
			*(const char **)wrong = "it did not leave";
	return NULL;
}

static void test_guests(void)
{
	const char *wrong[GUESTS];
	pthread_t thread[GUESTS];
	bool all = true;

	for (int i = 0; i < GUESTS; i++)
		if (pthread_create(&thread[i], NULL, leave, &wrong[i]))
			ksft_exit_fail_msg("pthread_create\n");
	for (int i = 0; i < GUESTS; i++) {
		pthread_join(thread[i], NULL);
		if (wrong[i])
			ksft_print_msg("guest %d: %s\n", i, wrong[i]);
		all = all && !wrong[i];
	}
	ksft_test_result(all, "%d guests leave %d times\n", GUESTS, ROUNDS);
}

static bool is_documented(const char *state)
{
	static const char * const known[] = {
		"Not affected\n",
		"Vulnerable\n",
		"Mitigation: IBPB before exit to userspace\n",
		"Mitigation: IBPB on VMEXIT\n",
		"Mitigation: Clear BHB before exit to userspace\n",
	};

	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		if (!strcmp(state, known[i]))
			return true;
	return false;
}

/* x86_64-bare is affected, and its command line says that it has IBPB. */
static bool is_to_be_mitigated(void)
{
	char words[1024] = "";
	int fd = open("/proc/cmdline", O_RDONLY);

	if (fd < 0 || read(fd, words, sizeof(words) - 1) < 0)
		ksft_exit_fail_msg("/proc/cmdline cannot be read\n");
	close(fd);
	return strstr(words, "setcpuid=ibpb");
}

static void test_state(void)
{
	static const char mitigated[] = "Mitigation: ";
	char state[128] = "";
	int fd = open(STATE, O_RDONLY);

	if (fd < 0 || read(fd, state, sizeof(state) - 1) < 0)
		ksft_print_msg(STATE " cannot be read\n");
	ksft_print_msg("%s", state);
	ksft_test_result(is_documented(state), "the state is documented\n");
	ksft_test_result(!is_to_be_mitigated() ||
			 !strncmp(state, mitigated, strlen(mitigated)),
			 "mitigated where that is to be\n");
}

int main(void)
{
	ksft_print_header();
	ksft_set_plan(3);
	test_state();
	test_guests();
	ksft_finished();
}
