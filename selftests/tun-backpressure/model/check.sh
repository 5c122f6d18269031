#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Check stop_wake.pml with spin: as it is, the queue is never stuck, and with each
# defect it can be.  Prints KTAP; the trail of a defect is shown as a comment.

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

count=0
failed=0

report()
{
	count=$((count + 1))
	if [ "$1" = 0 ]; then
		echo "ok $count $2"
	else
		echo "not ok $count $2"
		failed=1
	fi
}

# How many errors an exhaustive search finds, 0 or 1; nothing if it did not end.
search()
{
	rm -f pan stop_wake.pml.trail
	spin $1 -a "$here/stop_wake.pml" >spin.log || return
	${CC:-gcc} -O2 -DSAFETY -o pan pan.c || return
	./pan -m1000000 >pan.log || return
	grep -q 'max search depth too small' pan.log && return
	sed -n 's/.*errors: \([0-9]*\)$/\1/p' pan.log
}

never_stuck()
{
	[ "$(search "$1")" = 0 ]
	report $? "never stuck $1"
}

stuck()
{
	[ "$(search "$1")" = 1 ] && grep -q 'invalid end state' pan.log
	report $? "stuck $1"
	spin $1 -p -g -T -k stop_wake.pml.trail "$here/stop_wake.pml" | sed 's/^/# /'
}

# What the kernel's own memory model says of the barriers: "Never" or "Sometimes".
litmus()
{
	config=$here/../../../build/linux/tools/memory-model
	if ! command -v herd7 >herd.log || ! [ -e "$config/linux-kernel.cfg" ]; then
		count=$((count + 1))
		echo "ok $count litmus $1 # SKIP herd7 or tools/memory-model is not there"
		return
	fi
	(cd "$config" && herd7 -conf linux-kernel.cfg "$here/$1.litmus") >herd.log
	grep -q "^Observation .* $2 " herd.log
	report $? "litmus $1: $2"
}

echo "TAP version 13"
echo "1..12"
never_stuck "-DSIZE=1"
never_stuck "-DSIZE=2"
never_stuck "-DSIZE=3"
never_stuck "-DSIZE=4 -DBATCH=2"
never_stuck "-DSENDERS=1"
never_stuck "-DSENDERS=3 -DPACKETS=4"
stuck "-DNO_SENDER_BARRIER"
stuck "-DNO_READER_BARRIER"
stuck "-DNO_SECOND_LOOK"
litmus stop_wake Never
litmus no_sender_barrier Sometimes
litmus no_reader_barrier Sometimes
exit $failed
