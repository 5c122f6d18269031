#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# One run at a time in a clone; clones that fill the cache wait for each other.
. "$(dirname "$0")/lib.sh"
project
quick_b4

# hold TOOL WORD: that tool waits for the file $T/go, after it made $T/held.
hold() {
	_real=$(PATH=/usr/bin:/bin command -v "$1")
	rm -f "$T/go" "$T/held"
	fake "$1" <<-EOF
		case " \$* " in
		*" $2 "*)
			: >"$T/held"
			n=0
			while [ ! -e "$T/go" ] && [ \$n -lt 400 ]; do sleep 0.05; n=\$((n + 1)); done ;;
		esac
		exec $_real "\$@"
	EOF
}
wait_for() { # FILE
	_n=0
	while [ ! -e "$1" ] && [ $_n -lt 200 ]; do
		sleep 0.05
		_n=$((_n + 1))
	done
	[ -e "$1" ]
}

rm -rf "$P/build/apply"
hold b4 am
PATH=$T/bin:$PATH "$STACK" -C "$P" apply >"$T/first" 2>&1 &
pid=$!
ok 'a run is at work' wait_for "$T/held"
for command in apply prove mbox checkout refresh clean distclean 'range-diff alpha beta'; do
	# shellcheck disable=SC2086
	fails 8 "busy: process $pid is at work on $P/build; wait for it to end" "$command has to wait" stack $command
done
fails 8 "busy: process $pid" 'tests laid over build/linux have to wait' stack overlay lift "$K"
: >"$T/go"
wait $pid
ok 'the first one ends well' [ $? -eq 0 ]
ok 'with the stack' at_tip
ok 'then there is room for the next' stack apply

# Two clones, an empty cache.
rm -rf "$XDG_CACHE_HOME" "$P/build"
cp -r "$P" "$T/second"
hold git fast-import
PATH=$T/bin:$PATH "$STACK" -C "$P" apply >"$T/first" 2>&1 &
pid=$!
ok 'a clone fills the cache' wait_for "$T/held"
"$STACK" -C "$T/second" apply >"$T/out2" 2>&1 &
second=$!
said() { wait_for "$T/held" && for _n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	grep -q "waiting for process $pid, which is at work on $XDG_CACHE_HOME/linux-series" "$T/out2" && return
	sleep 0.1
done; }
ok 'another waits for it, and says so' said
"$STACK" -C "$T/second" apply >"$T/out3" 2>&1
ok 'a third is told that the second is there' grep -q "busy: process $second is at work on $T/second/build" "$T/out3"
: >"$T/go"
wait $pid
ok 'the first one ends well' [ $? -eq 0 ]
wait $second
ok 'so does the second' [ $? -eq 0 ]
ok 'which read no tarball' [ "$(grep -c 'read the kernel' "$T/out2")" -eq 0 ]
ok 'both to the same stack' [ "$(git -C "$T/second/build/linux" rev-parse stack)" = "$TIP" ]

# A wait can be given up.
rm -rf "$XDG_CACHE_HOME" "$P/build" "$T/second/build"
hold git fast-import
PATH=$T/bin:$PATH "$STACK" -C "$P" apply >"$T/first" 2>&1 &
pid=$!
wait_for "$T/held"
"$STACK" -C "$T/second" apply >"$T/out2" 2>&1 &
second=$!
ok 'one waits' said
kill -INT $second
wait $second
ok 'and is told to stop' [ $? -eq 130 ]
: >"$T/go"
wait $pid
ok 'which the other does not mind' [ $? -eq 0 ]
finish
