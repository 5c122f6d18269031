// SPDX-License-Identifier: GPL-2.0-only
/* libFuzzer's entry points: the reader that the environment's READER names. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "readers.h"

static const struct reader *reader;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *name = getenv("READER");

	reader = name ? reader_find(name) : NULL;
	if (!reader) {
		fprintf(stderr, "%s: READER names no reader\n", (*argv)[0]);
		exit(2);
	}
	readers_begin();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	reader->read((const char *)data, len);
	return 0;
}
