// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <unistd.h>

#include "frame.h"
#include "read.h"
#include "wait.h"

int reader_take(struct reader *r)
{
	char data[2048];
	__u32 stream, seq;
	ssize_t n = read(r->fd, data, sizeof(data));

	if (n < 0)
		return errno == EAGAIN ? 0 : -errno;
	if (!frame_read(data, n, r->tap, &stream, &seq))
		return -EBADMSG;
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
