#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Guests that stall, and are run once more.
. "$(dirname "$0")/kernels.sh"
ok 'points are built and booted' prove

# another NR: beta's next point, with a kernel of its own.
another() {
	point "echo 'int another_$1(void);' >>init/main.c; echo 'int another_$1(void) { return 0; }' >>init/main.c"
}
# passing: what the console says that passes.
passing="printf '${kunit}${begin}1..0\nguest: end 0 0\n'"

echo "rm $T/console.x86_64; echo hangs here; sleep 300" >"$T/console.x86_64"
another 1
ok 'a guest that hangs once' prove
says 'is flaky' '^beta/2 console@x86_64: flaky (timeout)'
says 'with what it said at first' 'last on its console:'
says 'to read' '^    hangs here$'
says 'and where that is' 'first (build/prove/boots/x86_64-.*/first/console)'
ok 'as it was run once more' booted 3
ok 'that is there' grep -q 'hangs here' "$P"/build/prove/boots/x86_64-*/first/console
ok 'beside the other one' grep -l 'ok 1 ring' "$P"/build/prove/boots/x86_64-*/first/../console
ok 'when it is known' prove
says 'it is counted' '^[0-9]* passed, 0 failed, [0-9]* skipped, 2 flaky$'
ok 'and not asked' [ "$(asked)" -eq 0 ]
echo "rm $T/console.x86_64; echo hangs there; sleep 300" >"$T/console.x86_64"
another 2
fails 1 '' 'the second time' prove
says 'it fails' '^beta/3 console@x86_64: fail (timeout)'
says 'and so does the first' '^beta/2 console@x86_64: fail (timeout)'
says 'with how often' '^    console@x86_64 was flaky 2 times'
says 'counted' ' passed, 4 failed, [0-9]* skipped$'
cat >"$P/configs/known-issues" <<END
Issue: beta/2-3 *@x86_64
Says: passed when run once more
Until: 2100-01-01
Link: https://example.org/1
Reason: The emulator is slow.
END
ok 'unless it is listed' prove
says 'as a known issue' '^beta/3 console@x86_64: warn'
rm "$P/configs/known-issues"
git -C "$K" reset -q --hard HEAD~1
undo

another 3
echo "rm $T/console.um; echo '[    9.1] watchdog: BUG: soft lockup - CPU#0 stuck for 22s!'; $passing" >"$T/console.um"
ok 'a soft lockup' prove
says 'is a stall' '^beta/2 console@um: flaky'
says 'with what was on the console' 'soft lockup - CPU#0'
says 'and what passed all the same passes' 'skipped, 1 flaky$'
undo
another 4
echo "rm $T/console.um; echo 'rcu: INFO: rcu_sched self-detected stall on CPU'; $passing | sed 's/    ok 1 fills/    not ok 1 fills/; s/^ok 1 ring/not ok 1 ring/'" >"$T/console.um"
fails 1 '' 'another stall' prove
says 'is the second one' '^    console@um was flaky 2 times'
says 'and the first one of a case that failed meanwhile' '^beta/2 kunit@um: flaky'
says 'with its name' 'ring: fills'
says 'and the stall' 'meanwhile on the console'
undo
another 5
echo "echo 'rcu: INFO: rcu_sched self-detected stall on CPU'; $passing" >"$T/console.um"
fails 1 '' 'a stall in both runs' prove
says 'fails' '^beta/2 console@um: fail (timeout)'
undo
finish
