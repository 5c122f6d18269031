// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests for struct ptr_ring
 *
 * The producer may use a slot once the consumer has cleared it, and the
 * consumer clears late: a batch of slots at a time, the oldest one last. These
 * tests pin when that happens, and hold the helpers by which either side asks
 * about free slots against what the producer then finds in the ring.
 */
#include <kunit/test.h>
#include <linux/kthread.h>
#include <linux/prandom.h>
#include <linux/ptr_ring.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/wait.h>

#define LEVEL	CONFIG_STACK_LEVEL_TUN_BACKPRESSURE

/* Slots that the consumer clears at once, unless the ring is too small */
#define BATCH	((int)(SMP_CACHE_BYTES * 2 / sizeof(void *)))
#define MAX_SIZE	1024
#define STEPS		4000
/* Rings up to this size are tried in every state, larger ones in samples */
#define EXHAUSTIVE	40

static const int sizes[] = {
	0, 1, 2, 3, 4, 7,
	BATCH - 1, BATCH, BATCH + 1,
	2 * BATCH - 1, 2 * BATCH, 2 * BATCH + 1,
	3 * BATCH, 3 * BATCH + 5,
	1000,
};

static void size_desc(const int *size, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "size=%d", *size);
}

KUNIT_ARRAY_PARAM(size, sizes, size_desc);

static int batch_of(int size)
{
	return size / 2 >= BATCH ? BATCH : 1;
}

static int param_size(struct kunit *test)
{
	return *(const int *)test->param_value;
}

/* The ring as its two users see it, taken from its slots and not from a helper */
static bool producer_blocked(struct ptr_ring *r)
{
	return !r->size || r->queue[r->producer];
}

static int free_slots(struct ptr_ring *r)
{
	int i, n = 0;

	for (i = 0; i < r->size; i++)
		n += !r->queue[i];
	return n;
}

static void no_destroy(void *ptr)
{
}

static void ring_exit(void *ring)
{
	ptr_ring_cleanup(ring, NULL);
}

static struct ptr_ring *ring_create(struct kunit *test, int size)
{
	struct ptr_ring *r = kunit_kzalloc(test, sizeof(*r), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, r);
	KUNIT_ASSERT_EQ(test, ptr_ring_init(r, size, GFP_KERNEL), 0);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, ring_exit, r), 0);
	return r;
}

static void *token(unsigned long n)
{
	return (void *)(n + 1);
}

/*
 * A ring of size 0. It has a slot nevertheless, with @ptr in it: who looks
 * there gets the wrong answer, instead of an end to all tests.
 */
static struct ptr_ring *ring_create_no_slots(struct kunit *test, void *ptr)
{
	struct ptr_ring *r = ring_create(test, 1);

	r->size = 0;
	r->queue[0] = ptr;
	return r;
}

static void fill(struct kunit *test, struct ptr_ring *r, int n)
{
	int i;

	for (i = 0; i < n; i++)
		KUNIT_ASSERT_EQ(test, ptr_ring_produce(r, token(i)), 0);
}

/* Empty the ring, free all its slots, and have both sides meet at @slot */
static void seek(struct kunit *test, struct ptr_ring *r, int slot)
{
	int i;

	for (i = 0; i < r->size && ptr_ring_consume(r); i++)
		;
	for (i = 0; i < r->size && r->consumer_head != slot; i++) {
		fill(test, r, 1);
		KUNIT_ASSERT_NOT_NULL(test, ptr_ring_consume(r));
	}
	/* Returns nothing, but clears what is left of the last batch */
	ptr_ring_unconsume(r, NULL, 0, no_destroy);
	KUNIT_ASSERT_EQ(test, r->consumer_head, r->size ? slot : 0);
	KUNIT_ASSERT_EQ(test, r->producer, r->consumer_head);
	KUNIT_ASSERT_EQ(test, free_slots(r), r->size);
}

static int state_step(int size)
{
	return size <= EXHAUSTIVE ? 1 : 1 + size / 8;
}

/* A ring without slots takes nothing and is empty. */
static void ptr_ring_no_slots(struct kunit *test)
{
	struct ptr_ring *r = ring_create_no_slots(test, NULL);

	KUNIT_EXPECT_EQ(test, ptr_ring_produce(r, token(0)), -ENOSPC);
	KUNIT_EXPECT_NULL(test, r->queue[0]);

	r = ring_create_no_slots(test, token(0));
	KUNIT_EXPECT_EQ(test, ptr_ring_produce(r, token(1)), -ENOSPC);
	KUNIT_EXPECT_TRUE(test, ptr_ring_empty(r));
	KUNIT_EXPECT_NULL(test, ptr_ring_consume(r));
	KUNIT_EXPECT_PTR_EQ(test, r->queue[0], token(0));
}

/* A full ring takes no more, and hands out what it took in order. */
static void ptr_ring_full_refuses(struct kunit *test)
{
	int size = param_size(test), i, at;
	struct ptr_ring *r = ring_create(test, size);

	for (at = 0; !at || at < size; at += state_step(size)) {
		seek(test, r, at);
		fill(test, r, size);
		for (i = 0; i < 2; i++)
			KUNIT_ASSERT_EQ(test, ptr_ring_produce(r, token(size)),
					-ENOSPC);
		KUNIT_ASSERT_EQ(test, r->producer, r->consumer_head);
		KUNIT_ASSERT_EQ(test, free_slots(r), 0);
		for (i = 0; i < size; i++)
			KUNIT_ASSERT_PTR_EQ(test, ptr_ring_consume(r), token(i));
		KUNIT_ASSERT_NULL(test, ptr_ring_consume(r));
	}
}

/*
 * Consuming from a full ring lets the producer in again when the batch is
 * complete or the end of the ring is reached, not earlier; then all slots
 * consumed so far are free. An empty ring always has a free slot.
 */
static void ptr_ring_deferred_free(struct kunit *test)
{
	int size = param_size(test), at, i, freed;
	struct ptr_ring *r = ring_create(test, size);

	for (at = 0; at < size; at += state_step(size)) {
		seek(test, r, at);
		fill(test, r, size);
		freed = 0;
		for (i = 1; i <= size; i++) {
			KUNIT_ASSERT_NOT_NULL(test, ptr_ring_consume(r));
			if (i - freed == batch_of(size) || at + i == size)
				freed = i;
			KUNIT_ASSERT_EQ(test, free_slots(r), freed);
			KUNIT_ASSERT_EQ(test, producer_blocked(r), !freed);
		}
		KUNIT_ASSERT_TRUE(test, ptr_ring_empty(r));
		KUNIT_ASSERT_GT(test, freed, 0);
	}
}

/*
 * A model of the ring that knows no slots: entries have numbers that only
 * grow, the entry numbered n lies in slot n % size, those from @cons to @prod
 * wait for the consumer and those from @freed to @prod occupy a slot.
 */
struct walk {
	struct kunit *test;
	struct ptr_ring *ring;
	const struct watch *watch;
	struct rnd_state rnd;
	unsigned long prod, cons, freed;
	unsigned long next, refused, drained;
	void *entry[MAX_SIZE];
	void *batch[MAX_SIZE + 2];
	int nbatch;
	/* Room for a copy of the ring, to try things on */
	struct ptr_ring copy;
	void *copy_queue[MAX_SIZE];
};

/* What a walk is watched for */
struct watch {
	/* After every operation */
	void (*settled)(struct walk *w);
	/* @n entries were consumed at once, that freed @freed slots */
	void (*consumed)(struct walk *w, int n, int freed, bool was_blocked);
};

static u32 below(struct walk *w, u32 n)
{
	return prandom_u32_state(&w->rnd) % n;
}

/* From 1 to @max, a small number more often than a large one */
static int burst(struct walk *w, int max)
{
	return 1 + below(w, 1 + below(w, max));
}

static void **entry_of(struct walk *w, unsigned long n)
{
	return &w->entry[n % MAX_SIZE];
}

/* destroy() has no argument to find the walk by, and cases do not overlap */
static unsigned long destroyed;

static void count_destroy(void *ptr)
{
	destroyed++;
}

static void walk_rebase(struct walk *w, int size, unsigned long kept)
{
	w->cons = (unsigned long)size << 16;
	w->freed = w->cons;
	w->prod = w->cons + kept;
}

static void walk_produce(struct walk *w)
{
	struct ptr_ring *r = w->ring;
	bool room = w->prod - w->freed < r->size;
	void *ptr = token(w->next);

	KUNIT_ASSERT_EQ(w->test, ptr_ring_produce(r, ptr), room ? 0 : -ENOSPC);
	if (!room) {
		w->refused++;
		return;
	}
	w->next++;
	*entry_of(w, w->prod++) = ptr;
}

/* Consume one entry (@n is 0) or a batch of up to @n */
static void walk_consume(struct walk *w, int n)
{
	int want = min_t(unsigned long, n ?: 1, w->prod - w->cons);
	bool was_blocked = producer_blocked(w->ring);
	int before = free_slots(w->ring), got, i;
	struct ptr_ring *r = w->ring;

	spin_lock(&r->consumer_lock);
	if (n) {
		got = __ptr_ring_consume_batched(r, w->batch, n);
	} else {
		w->batch[0] = __ptr_ring_consume(r);
		got = !!w->batch[0];
	}
	spin_unlock(&r->consumer_lock);

	KUNIT_ASSERT_EQ(w->test, got, want);
	w->nbatch = got;
	for (i = 0; i < got; i++) {
		KUNIT_ASSERT_PTR_EQ(w->test, w->batch[i],
				    *entry_of(w, w->cons++));
		if (w->cons - w->freed == batch_of(r->size) ||
		    w->cons % r->size == 0)
			w->freed = w->cons;
	}
	if (got && w->cons == w->prod)
		w->drained++;
	if (w->watch->consumed)
		w->watch->consumed(w, got, free_slots(r) - before, was_blocked);
}

/* Put back the last @n of the entries that were consumed last */
static void walk_unconsume(struct walk *w, int n)
{
	void **batch = w->batch + w->nbatch - n;
	unsigned long left = n;

	destroyed = 0;
	ptr_ring_unconsume(w->ring, batch, n, count_destroy);
	w->nbatch -= n;
	w->freed = w->cons;
	while (left && w->prod - w->freed < w->ring->size) {
		w->freed = --w->cons;
		*entry_of(w, w->cons) = batch[--left];
	}
	KUNIT_ASSERT_EQ(w->test, destroyed, left);
}

static void walk_resize(struct walk *w, int size)
{
	unsigned long queued = w->prod - w->cons, i;
	unsigned long kept = min_t(unsigned long, queued, size);

	destroyed = 0;
	KUNIT_ASSERT_EQ(w->test, ptr_ring_resize(w->ring, size, GFP_KERNEL,
						 count_destroy), 0);
	KUNIT_ASSERT_EQ(w->test, destroyed, queued - kept);
	w->nbatch = 0;
	for (i = 0; i < kept; i++)
		w->copy_queue[i] = *entry_of(w, w->cons + i);
	walk_rebase(w, size, kept);
	for (i = 0; i < kept; i++)
		*entry_of(w, w->cons + i) = w->copy_queue[i];
}

static void walk_settle(struct walk *w)
{
	struct ptr_ring *r = w->ring;
	int size = r->size;

	KUNIT_ASSERT_EQ(w->test, free_slots(r), size - (w->prod - w->freed));
	KUNIT_ASSERT_EQ(w->test, producer_blocked(r),
			w->prod - w->freed == size);
	KUNIT_ASSERT_EQ(w->test, ptr_ring_empty(r), w->prod == w->cons);
	if (size) {
		KUNIT_ASSERT_EQ(w->test, r->producer, w->prod % size);
		KUNIT_ASSERT_EQ(w->test, r->consumer_head, w->cons % size);
		KUNIT_ASSERT_EQ(w->test, r->consumer_tail, w->freed % size);
	}
	if (w->watch->settled)
		w->watch->settled(w);
}

/* Drive a ring through a fixed pseudo-random sequence, the model beside it */
static void walk(struct kunit *test, const struct watch *watch)
{
	struct walk *w = kunit_kzalloc(test, sizeof(*w), GFP_KERNEL);
	int size = param_size(test), step, n, op;
	bool filling = true;

	KUNIT_ASSERT_NOT_NULL(test, w);
	w->test = test;
	w->ring = ring_create(test, size);
	w->watch = watch;
	prandom_seed_state(&w->rnd, size + 1);
	walk_rebase(w, size, 0);
	walk_settle(w);

	for (step = 0; step < STEPS; step++) {
		size = w->ring->size;
		if (!below(w, 16))
			filling = !filling;
		/* Rarely leave the size under test, and soon return to it */
		op = below(w, size == param_size(test) ? 128 : 32);
		if (op < 2) {
			walk_resize(w, op ? param_size(test) :
				    sizes[below(w, ARRAY_SIZE(sizes))]);
		} else if (op < 4) {
			walk_unconsume(w, below(w, w->nbatch + 1));
		} else if (filling == !!(op & 3)) {
			for (n = burst(w, size / 2 + 2); n > 0; n--)
				walk_produce(w);
		} else if (op & 4) {
			for (n = burst(w, size / 2 + 2); n > 0; n--)
				walk_consume(w, 0);
		} else {
			walk_consume(w, burst(w, size + 2));
		}
		walk_settle(w);
		cond_resched();
	}
	/* The sequence was worth the name */
	KUNIT_EXPECT_GT(test, w->refused, 0);
	KUNIT_EXPECT_TRUE(test, w->drained || !param_size(test));
}

static const struct watch nothing;

static void ptr_ring_model(struct kunit *test)
{
	walk(test, &nothing);
}

#if LEVEL >= 1
/*
 * The helper says what produce does next: tried on a copy, to disturb neither
 * the ring nor the sequence.
 */
static void settled_check_space(struct walk *w)
{
	struct ptr_ring *r = w->ring, *copy = &w->copy;
	size_t len = r->size * sizeof(void *);
	int ret;

	memcpy(copy, r, sizeof(*r));
	memcpy(w->copy_queue, r->queue, len);

	spin_lock(&r->producer_lock);
	ret = __ptr_ring_check_space(r);
	spin_unlock(&r->producer_lock);

	KUNIT_ASSERT_EQ(w->test, ret,
			w->prod - w->freed < r->size ? 0 : -ENOSPC);
	KUNIT_ASSERT_EQ(w->test, r->producer, copy->producer);
	KUNIT_ASSERT_EQ(w->test, r->consumer_head, copy->consumer_head);
	KUNIT_ASSERT_EQ(w->test, r->consumer_tail, copy->consumer_tail);
	KUNIT_ASSERT_MEMEQ(w->test, r->queue, w->copy_queue, len);

	copy->queue = w->copy_queue;
	KUNIT_ASSERT_EQ(w->test, __ptr_ring_produce(copy, token(0)), ret);
}

static const struct watch check_space = {
	.settled = settled_check_space,
};

static void ptr_ring_check_space_model(struct kunit *test)
{
	walk(test, &check_space);
}

/* Without slots there is never space, whatever lies where one would be. */
static void ptr_ring_check_space_no_slots(struct kunit *test)
{
	struct ptr_ring *r = ring_create_no_slots(test, NULL);

	KUNIT_EXPECT_EQ(test, __ptr_ring_check_space(r), -ENOSPC);
	r = ring_create_no_slots(test, token(0));
	KUNIT_EXPECT_EQ(test, __ptr_ring_check_space(r), -ENOSPC);
}
#endif /* LEVEL >= 1 */

#if LEVEL >= 2
/*
 * What __ptr_ring_consume_created_space() promises about the last @n entries:
 * true if and only if a slot was freed since before the first of them, or the
 * ring is empty.
 */
static void check_created_space(struct kunit *test, struct ptr_ring *r, int n,
				int freed, bool was_blocked)
{
	bool empty = !r->size || !r->queue[r->consumer_head];
	bool created;

	spin_lock(&r->consumer_lock);
	created = __ptr_ring_consume_created_space(r, n);
	spin_unlock(&r->consumer_lock);

	if (was_blocked && !producer_blocked(r))
		KUNIT_ASSERT_TRUE_MSG(test, created, "a wake-up is lost");
	if (empty)
		KUNIT_ASSERT_TRUE_MSG(test, created, "an empty ring is missed");
	KUNIT_ASSERT_EQ_MSG(test, created, freed > 0 || empty,
			    "size %d head %d tail %d n %d freed %d", r->size,
			    r->consumer_head, r->consumer_tail, n, freed);
}

static void consumed_created_space(struct walk *w, int n, int freed,
				   bool was_blocked)
{
	check_created_space(w->test, w->ring, n, freed, was_blocked);
}

static const struct watch created_space = {
	.consumed = consumed_created_space,
};

static void ptr_ring_created_space_model(struct kunit *test)
{
	walk(test, &created_space);
}

/* One of the states that a ring can be in, and a consume that follows */
static void created_space_state(struct kunit *test, struct ptr_ring *r,
				void **batch, int at, int queued, int stale,
				int n)
{
	int before, got, i;
	bool was_blocked;

	seek(test, r, at);
	fill(test, r, queued);
	for (i = 0; i < stale; i++)
		KUNIT_ASSERT_NOT_NULL(test, ptr_ring_consume(r));

	before = free_slots(r);
	was_blocked = producer_blocked(r);
	got = ptr_ring_consume_batched(r, batch, n);
	KUNIT_ASSERT_EQ(test, got, min(n, queued - stale));
	check_created_space(test, r, got, free_slots(r) - before, was_blocked);
}

/*
 * All states of a small ring, samples of a larger one: any position, any
 * number of entries in it, up to a batch of them already consumed; then a
 * batch of any length, none and too long ones included.
 */
static void ptr_ring_created_space_states(struct kunit *test)
{
	int size = param_size(test), step = state_step(size);
	struct ptr_ring *r = ring_create(test, size);
	int at, queued, stale, n;
	void **batch;

	batch = kunit_kcalloc(test, size + 1, sizeof(*batch), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, batch);

	for (at = 0; !at || at < size; at += step)
		for (queued = 0; queued <= size; queued += step) {
			for (stale = 0; stale <= min(queued, batch_of(size)); stale++)
				for (n = 0; n <= queued - stale + 1; n += step)
					created_space_state(test, r, batch, at,
							    queued, stale, n);
			cond_resched();
		}
}

/* A batch may be judged entry by entry, too: the two ways agree. */
static void ptr_ring_created_space_single(struct kunit *test)
{
	int size = param_size(test), n, i;
	struct ptr_ring *r = ring_create(test, size);
	bool created;

	for (n = 1; n <= size; n += state_step(size)) {
		seek(test, r, size / 3);
		fill(test, r, size);
		created = false;
		for (i = 0; i < n; i++) {
			KUNIT_ASSERT_NOT_NULL(test, ptr_ring_consume(r));
			created |= __ptr_ring_consume_created_space(r, 1);
		}
		KUNIT_ASSERT_EQ(test, __ptr_ring_consume_created_space(r, n),
				created);
	}
}

/*
 * Nothing consumed creates nothing, but an empty ring always counts, be it
 * because it has no slots. Where the ring is too small for batches, every
 * entry counts.
 */
static void ptr_ring_created_space_edges(struct kunit *test)
{
	struct ptr_ring *r = ring_create_no_slots(test, token(0));
	int i;

	KUNIT_EXPECT_TRUE(test, __ptr_ring_consume_created_space(r, 0));

	r = ring_create(test, 2);
	KUNIT_EXPECT_TRUE(test, __ptr_ring_consume_created_space(r, 0));
	fill(test, r, 2);
	KUNIT_EXPECT_FALSE(test, __ptr_ring_consume_created_space(r, 0));
	for (i = 0; i < 2; i++) {
		KUNIT_ASSERT_NOT_NULL(test, ptr_ring_consume(r));
		KUNIT_EXPECT_TRUE(test, __ptr_ring_consume_created_space(r, 1));
	}

	r = ring_create(test, 4 * BATCH);
	fill(test, r, 2);
	KUNIT_ASSERT_NOT_NULL(test, ptr_ring_consume(r));
	KUNIT_EXPECT_FALSE(test, __ptr_ring_consume_created_space(r, 1));
	KUNIT_ASSERT_NOT_NULL(test, ptr_ring_consume(r));
	KUNIT_EXPECT_TRUE(test, __ptr_ring_consume_created_space(r, 1));
}

/*
 * What the helpers are for: a sender stops once it finds no space, and the
 * consumer restarts it when told that there is space again. Other producers
 * ignore the stop, and consumed entries may come back. However these meet, a
 * stopped sender never faces an empty ring, and is restarted before a whole
 * batch was consumed in vain.
 */
static void ptr_ring_stop_and_wake(struct kunit *test)
{
	int size = param_size(test), since = 0, stops = 0, step, n, got;
	struct ptr_ring *r = ring_create(test, size);
	bool stopped = false, filling = true;
	struct rnd_state rnd;
	void **batch;

	batch = kunit_kcalloc(test, size + 1, sizeof(*batch), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, batch);
	prandom_seed_state(&rnd, size + 1);

	for (step = 0; step < 10 * STEPS; step++) {
		if (!(prandom_u32_state(&rnd) % (2 * size + 1)))
			filling = !filling;
		n = prandom_u32_state(&rnd) % 16;
		if (n == 15) {
			ptr_ring_produce(r, token(step));
		} else if ((n < 12) == filling) {
			if (stopped)
				continue;
			ptr_ring_produce(r, token(step));
			stopped = size && __ptr_ring_check_space(r);
			stops += stopped;
			since = 0;
		} else {
			n = 1 + prandom_u32_state(&rnd) % min(size + 1, 4);
			got = ptr_ring_consume_batched(r, batch, n);
			since += got;
			if (__ptr_ring_consume_created_space(r, got))
				stopped = false;
			n = prandom_u32_state(&rnd) % (16 * (got + 1));
			if (n <= got) {
				ptr_ring_unconsume(r, batch + got - n, n,
						   no_destroy);
				/* No longer in the batch to be cleared */
				since = 0;
			}
		}
		if (stopped) {
			KUNIT_ASSERT_FALSE_MSG(test, ptr_ring_empty(r),
					       "stopped for ever");
			KUNIT_ASSERT_LT(test, since, batch_of(size));
		}
	}
	KUNIT_EXPECT_EQ(test, stops > 10, size > 0);
}

/* The same with a thread for either side, on two CPUs where there are two */
static const void *slots_gen_params(struct kunit *test, const void *prev,
				    char *desc)
{
	/* Not size 0, which comes first: it never takes an entry */
	return size_gen_params(test, prev ?: &sizes[0], desc);
}

#define SENT		20000
#define STALL		(10 * HZ)

struct sender {
	struct ptr_ring *ring;
	bool stopped;
	wait_queue_head_t wake;
};

static int sender_thread(void *data)
{
	struct sender *s = data;
	struct ptr_ring *r = s->ring;
	unsigned long sent = 0;

	while (sent < SENT && !kthread_should_stop()) {
		spin_lock(&r->producer_lock);
		if (!__ptr_ring_produce(r, token(sent)))
			sent++;
		if (__ptr_ring_check_space(r)) {
			WRITE_ONCE(s->stopped, true);
			/* Stop, then look again: pairs with the consumer's */
			smp_mb();
			if (!__ptr_ring_check_space(r))
				WRITE_ONCE(s->stopped, false);
		}
		spin_unlock(&r->producer_lock);
		wait_event(s->wake, !READ_ONCE(s->stopped) ||
			   kthread_should_stop());
		cond_resched();
	}
	wait_event(s->wake, kthread_should_stop());
	return 0;
}

static void sender_exit(void *thread)
{
	kthread_stop(thread);
}

static void ptr_ring_stop_and_wake_threads(struct kunit *test)
{
	int size = param_size(test), got, i;
	unsigned long received = 0, since;
	struct task_struct *thread;
	struct rnd_state rnd;
	struct ptr_ring *r;
	struct sender *s;
	void *batch[8];

	s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, s);
	r = ring_create(test, size);
	s->ring = r;
	init_waitqueue_head(&s->wake);
	prandom_seed_state(&rnd, size);

	thread = kthread_run(sender_thread, s, "ptr_ring_sender");
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, thread);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, sender_exit,
							thread), 0);

	since = jiffies;
	while (received < SENT) {
		bool wake = false;

		spin_lock(&r->consumer_lock);
		got = __ptr_ring_consume_batched(r, batch, 1 +
				prandom_u32_state(&rnd) % ARRAY_SIZE(batch));
		if (got && __ptr_ring_consume_created_space(r, got)) {
			/* Free, then look for the stop: see the sender */
			smp_mb();
			wake = READ_ONCE(s->stopped);
			if (wake)
				WRITE_ONCE(s->stopped, false);
		}
		spin_unlock(&r->consumer_lock);
		if (wake)
			wake_up(&s->wake);

		for (i = 0; i < got; i++)
			KUNIT_ASSERT_PTR_EQ(test, batch[i], token(received++));
		if (got)
			since = jiffies;
		KUNIT_ASSERT_TRUE_MSG(test, time_before(jiffies, since + STALL),
				      "stalled after %lu entries", received);
		if (!got)
			schedule();
	}
}
#endif /* LEVEL >= 2 */

static struct kunit_case ptr_ring_cases[] = {
	/* First those that still report where others would crash */
	KUNIT_CASE(ptr_ring_no_slots),
#if LEVEL >= 1
	KUNIT_CASE(ptr_ring_check_space_no_slots),
#endif
#if LEVEL >= 2
	KUNIT_CASE(ptr_ring_created_space_edges),
#endif
	KUNIT_CASE_PARAM(ptr_ring_full_refuses, size_gen_params),
	KUNIT_CASE_PARAM(ptr_ring_deferred_free, size_gen_params),
	KUNIT_CASE_PARAM(ptr_ring_model, size_gen_params),
#if LEVEL >= 1
	KUNIT_CASE_PARAM(ptr_ring_check_space_model, size_gen_params),
#endif
#if LEVEL >= 2
	KUNIT_CASE_PARAM(ptr_ring_created_space_model, size_gen_params),
	KUNIT_CASE_PARAM(ptr_ring_created_space_states, size_gen_params),
	KUNIT_CASE_PARAM(ptr_ring_created_space_single, size_gen_params),
	KUNIT_CASE_PARAM(ptr_ring_stop_and_wake, size_gen_params),
	KUNIT_CASE_PARAM(ptr_ring_stop_and_wake_threads, slots_gen_params),
#endif
	{}
};

static struct kunit_suite ptr_ring_suite = {
	.name = "ptr_ring",
	.test_cases = ptr_ring_cases,
};

kunit_test_suite(ptr_ring_suite);

MODULE_DESCRIPTION("KUnit tests for struct ptr_ring");
MODULE_LICENSE("GPL");
