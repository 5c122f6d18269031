// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>

#include "seen.h"

int seen_add(struct seen *s, __u32 stream, __u32 seq)
{
	const __u32 sender = stream / SEEN_STREAMS;

	if (sender >= SEEN_SENDERS || seq >= SEEN_FRAMES)
		return -EBADMSG;
	return atomic_flag_test_and_set(&s->frame[sender][seq]) ? -EILSEQ : 0;
}
