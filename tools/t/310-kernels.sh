#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Points that are built and run.
. "$(dirname "$0")/kernels.sh"

ok 'points are built and booted' prove
says 'the base, too' '^base  *pass  *pass  *-  *-  *-  *skip  *pass  *pass  *skip'
says 'the last one' '^beta/1  *pass  *pass  *pass  *pass  *pass  *skip  *pass  *pass'
says 'as UML' '^beta/1  *pass  *pass  *pass  *pass  *pass  *pass  *pass *$'
says 'but clang is asked at tips only' '^alpha/1  *pass  *pass  *pass  *pass  *-  *skip'
ok 'the same kernel is booted once in each machine' booted 2
ok 'and the others inherit' stack explain alpha/1 kunit@x86_64
says 'which is said' ': pass, as found for '
says 'with what was found' '^    1 passed, 0 skipped'
ok 'all is known' prove
ok 'and nothing is asked' [ "$(asked)" -eq 0 ]
sed -i 's/^For a reason/For another reason/' "$P"/patches/alpha/0002-*
ok 'a message is edited' prove
ok 'no kernel is built' [ "$(asked)" -eq 2 ]
restore

point "echo 'static int forgotten;' >>drivers/net/tun.c"
fails 1 '' 'a warning' prove
says 'fails the build' '^beta/2 build@x86_64: fail (build)'
says 'W=1 too' '^beta/2 w1@x86_64: fail'
ok 'but runs' booted 0
undo
point "echo 'int x = ;' >>drivers/net/tun.c"
fails 1 '' 'an error' prove
says 'leaves nothing to link' '^beta/2 link@x86_64: void (build)'
says 'or to run' '^beta/2 kunit@um: void (build)'
says 'and above it all is as before' '^beta/1  *pass  *pass  *pass  *pass'
undo
point "printf 'void lost(void);\nint f(void);\nint f(void) { lost(); return 0; }\n' >>init/main.c"
fails 1 '' 'a symbol that is nowhere' prove
says 'does not link' '^beta/2 link@x86_64: fail (link)'
undo
echo 'CONFIG_NOT_THERE=y' >>"$P/configs/kernel/x86_64.config"
fails 1 '' 'an option that kconfig drops' prove
says 'fails, naming it' 'CONFIG_NOT_THERE=y was asked for'
says 'as config' '^base build@x86_64: fail (config)'
restore
point "echo 'int lonely(void);' >>kernel/alone.c; echo 'int lonely(void) { return 0; }' >>kernel/alone.c"
fails 1 '' 'a file that no configuration compiles' prove
says 'is not proved' '^beta/2 compiled: fail (config)'
says 'and named' 'kernel/alone.c'
undo

point "echo 'extern int CLANG_WARNS;' >>init/main.c"
fails 1 '' 'what clang alone warns of' prove
says 'fails' '^beta/2 clang@x86_64: fail (build)'
says 'with its words' 'init/main.c:[0-9]*:1: warning: gcc knows nothing of this'
point "echo '// moved' >>init/main.c"
fails 1 '' 'at the tip' prove
says 'and nowhere else' '^beta/2  *pass  *pass  *pass  *pass  *-'
says 'for the whole series' '^beta/3 clang@um: fail (build)'
git -C "$K" reset -q --hard HEAD~1
undo
point "echo 'extern int CLANG_BREAKS;' >>init/main.c"
fails 1 '' 'what clang does not compile' prove
says 'proves nothing' '^beta/2 clang@x86_64: void (build)'
undo

# Broken by one patch and mended by the next.
stack checkout beta >"$T/out" 2>&1
for end in '= ;' ';'; do
	sed -i '/^int late/d' "$K/init/main.c"
	echo "int late $end" >>"$K/init/main.c"
	git -C "$K" commit -q -a -s -m "kernel: change to $end" -m 'For a reason.'
done
stack refresh beta >"$T/out" 2>&1
fails 1 '' 'a stack that does not build for a while' prove
says 'at the patch that breaks it' '^beta/2 build@x86_64: fail (build)'
says 'is shown as a window' '^broken for a while: build@x86_64 from beta/2 until beta/3'
says 'for each check' '^broken for a while: kunit@um from beta/2 until beta/3'
ok 'and for no other' [ "$(grep -c '^broken.*fuzz' "$T/out")" -eq 0 ]
git -C "$K" reset -q --hard HEAD~1
undo

# on CONSOLE DESCRIPTION PATTERN...: another kernel, whose x86_64 guest prints that.
nr=0
on() {
	nr=$((nr + 1))
	echo "$1" >"$T/console.x86_64"
	point "echo 'int number_$nr(void);' >>init/main.c; echo 'int number_$nr(void) { return $nr; }' >>init/main.c"
	fails 1 '' "$2" prove
	shift 2
	for _pattern; do
		says "  $_pattern" "$_pattern"
	done
	undo
}
on "printf 'Booting\n'" 'a guest that stops before its init' \
	'^beta/2 console@x86_64: fail (boot)' '^beta/2 kunit@x86_64: fail (boot)'
on "printf '${kunit}Kernel panic - not syncing: no\n'" 'a panic' \
	'^beta/2 console@x86_64: fail (panic)' '^beta/2 kunit@x86_64: fail (panic)'
on "printf '${kunit}WARNING: CPU: 0 PID: 1 at x.c:1 f+0x1/0x2\n${begin}1..0\nguest: end 0 0\n'" 'a warning at run time' \
	'^beta/2 console@x86_64: fail (panic)' '^beta/2  *pass  *pass  *pass  *pass  *pass  *skip  *fail  *pass'
on "printf '${kunit}${begin}1..0\nguest: end 0 0\n' | sed 's/    ok 1 fills/    not ok 1 fills/; s/^ok 1 ring/not ok 1 ring/'" \
	'a KUnit case that fails' '^beta/2 kunit@x86_64: fail (test)' 'ring: fills'
on "printf '${begin}1..0\nguest: end 0 0\n'" 'a kernel without KUnit' '^beta/2 kunit@x86_64: void (test)'
on "printf '${kunit}${begin}1..0\nguest: end 0 0\n' | sed '/^    1..1/d; /^    KTAP/d'" 'KTAP without its plan' \
	'^beta/2 kunit@x86_64: void (test)'
on "printf '${kunit}'; exit 3" 'an emulator that fails' '^beta/2 kunit@x86_64: void (infra)'
on ":" 'a guest that prints nothing' '^beta/2 console@x86_64: void (boot)'
on "printf '${kunit}${begin}'; yes 'it goes on'" 'a guest that floods its console' \
	'^beta/2 console@x86_64: void (boot)' 'stopped when it had printed 16 MiB' '^    it'
on "echo x; sleep 300" 'a guest that hangs' '^beta/2 console@x86_64: fail (timeout)' \
	'and in the run before (build/prove/boots/x86_64-.*/first/console)'
ok 'it is run once more, and never again' booted 3

# Interrupted in the middle of a build.
point "echo 'int slow(void);' >>kernel/ring.c; echo 'int slow(void) { return 0; }' >>kernel/ring.c"
echo 'kill -INT $(cat "$T/pid"); sleep 5' >"$T/console.x86_64"
export T
# shellcheck disable=SC2016
fails 130 'interrupted' 'Ctrl-C while a guest runs' sh -c 'echo $$ >"$T/pid"; exec "$STACK" -C "$T/project" prove'
says 'keeps what is known' '^beta/2  *pass  *pass  *pass  *pass'
rm "$T/console.x86_64"
ok 'the next run goes on' prove
ok 'with what was left' [ "$(asked)" -lt 9 ]
undo
finish
