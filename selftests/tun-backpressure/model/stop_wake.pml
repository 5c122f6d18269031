/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a tun queue stops when its ring is full and runs again when it is read:
 * tun_net_xmit() and tun_stop_if_full() against tun_ring_consume() and
 * tun_wake_queue(), for senders that the driver does not serialize.
 *
 * Each CPU has a store buffer for what the other side looks at: the reader for
 * the slots that it zeroes, a sender for the bit that stops the queue.  A full
 * barrier waits until the buffer is empty.  What both sides do under the producer
 * lock, or as an atomic operation that returns a value, is visible at once.
 *
 * The queue is stuck if packets wait, the queue is stopped and the reader has
 * nothing to read.  Nobody can go on then, and spin reports an invalid end state.
 *
 * Defects, each of which has to be found:
 *	NO_SENDER_BARRIER	between stopping and looking again
 *	NO_READER_BARRIER	between zeroing and looking whether it is stopped
 *	NO_SECOND_LOOK		by the sender, after stopping
 */
#ifndef SIZE
#define SIZE 2
#endif
#ifndef BATCH
#define BATCH 1		/* entries consumed until their slots are zeroed */
#endif
#ifndef SENDERS
#define SENDERS 2
#endif
#ifndef PACKETS
#define PACKETS 5
#endif

#define FREE 0
#define ENTRY 1
#define CONSUMED 2	/* but not zeroed: taken for the sender */

byte slot[SIZE];
byte producer;
bool stopped;
bool producer_lock;
byte waiting = PACKETS;	/* in the qdisc */
byte received;
byte dropped;
byte finished;	/* senders */

chan zeroing = [SIZE] of { byte };
bool stopping[SENDERS];

active proctype reader_buffer()
{
	byte i;

end:	do
	:: atomic { zeroing ? i -> slot[i] = FREE }
	od
}

proctype sender_buffer(byte me)
{
end:	do
	:: atomic { stopping[me] -> stopping[me] = false; stopped = true }
	od
}

/* tun_stop_if_full() */
inline stop_if_full()
{
	busy = false;
	if
	:: slot[producer] != FREE ->
		stopping[me] = true;
#ifndef NO_SENDER_BARRIER
		!stopping[me];
#endif
#ifdef NO_SECOND_LOOK
		busy = true
#else
		if
		:: slot[producer] != FREE -> busy = true
		:: else ->
			!stopping[me];
			stopped = false
		fi
#endif
	:: else
	fi
}

/* The qdisc looks whether the queue is stopped, then tun_net_xmit() is called. */
proctype sender(byte me)
{
	bool busy;

	do
	:: atomic { waiting > 0 && !stopped -> waiting-- };
		atomic { !producer_lock -> producer_lock = true };
		stop_if_full();
		producer_lock = false;
		if
		:: busy -> waiting++	/* NETDEV_TX_BUSY */
		:: else ->
			atomic { !producer_lock -> producer_lock = true };
			if
			:: slot[producer] == FREE ->
				slot[producer] = ENTRY;
				producer = (producer + 1) % SIZE
			:: else -> dropped++
			fi;
			stop_if_full();
			producer_lock = false
		fi
	:: waiting == 0 -> break
	od;
	finished++
}

active proctype reader()
{
	byte head, consumed, i;
	bool space;

end:	do
	:: slot[head] == ENTRY ->
		slot[head] = CONSUMED;
		received++;
		consumed++;
		head++;
		space = false;
		if
		:: consumed == BATCH || head == SIZE ->
			space = true;
			i = head;
			do
			:: consumed > 0 -> consumed--; i--; zeroing ! i
			:: else -> break
			od
		:: else
		fi;
		head = head % SIZE;
		if
		:: space || slot[head] != ENTRY ->
#ifndef NO_READER_BARRIER
			empty(zeroing);
#endif
			if
			:: stopped -> stopped = false
			:: else
			fi
		:: else
		fi
	od
}

init
{
	byte i;

	atomic {
		for (i : 0 .. SENDERS - 1) {
			run sender_buffer(i);
			run sender(i)
		}
	}
	finished == SENDERS;
	received + dropped == PACKETS
}
