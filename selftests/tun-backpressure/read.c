// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>

#include "read.h"
#include "take.h"
#include "wait.h"

int reader_take(struct reader *r)
{
	__u32 stream, seq;
	int n = take(r->fd, r->tap, &stream, &seq);

	if (n <= 0)
		return n;
	if (seq < r->next)
		return -EILSEQ;
	r->next = seq + 1;
	r->received++;
	return 1;
}

static int account(const struct reader *r, int ifindex, __u32 sent, struct counts *c)
{
	__u64 accounted;
	int err = counts_read(ifindex, c);

	if (err)
		return err;
	accounted = r->received + c->dropped + c->qdisc_dropped;
	if (accounted > sent)
		return -EOVERFLOW;
	return accounted < sent;
}

int reader_drain(struct reader *r, int ifindex, __u32 sent, struct counts *c)
{
	long long since = now_ms();
	int n;

	for (;;) {
		n = reader_take(r);
		if (n > 0) {
			since = now_ms();
			continue;
		}
		if (!n)
			n = account(r, ifindex, sent, c);
		if (n <= 0)
			return n;
		if (!wait_more(since))
			return -ETIMEDOUT;
	}
}
