#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Tests are laid over a kernel tree and taken out again, whatever happens.
. "$(dirname "$0")/lib.sh"
project

mkdir -p "$P/kunit/alpha/mutants" "$P/kunit/beta" "$P/selftests/alpha/bench"
printf '# from patch 2\nCONFIG_TWO=y\nCONFIG_KUNIT=y\n' >"$P/kunit/alpha/.kunitconfig"
echo 'config ALPHA_KUNIT' >"$P/kunit/alpha/Kconfig"
echo 'obj-y += alpha.o' >"$P/kunit/alpha/Makefile"
echo 'int alpha;' >"$P/kunit/alpha/alpha_kunit.c"
echo 'int mutant;' >"$P/kunit/alpha/mutants/one.c"
echo 'config BETA_KUNIT' >"$P/kunit/beta/Kconfig"
echo 'obj-y += beta.o' >"$P/kunit/beta/Makefile"
echo 'CONFIG_KUNIT=y' >"$P/kunit/beta/.kunitconfig"
printf '#!/bin/sh\n' >"$P/selftests/alpha/run.sh"
chmod +x "$P/selftests/alpha/run.sh"
echo 'int bench;' >"$P/selftests/alpha/bench/rate.c"

kconfig=$(sha256sum <"$K/lib/Kconfig.debug")
untouched() { # [TREE]
	[ -z "$(git -C "${1:-$K}" status --porcelain --ignored)" ] &&
		[ "$(sha256sum <"${1:-$K}/lib/Kconfig.debug")" = "$kconfig" ] && [ ! -e "${1:-$K}/lib/stack" ] &&
		[ ! -e "${1:-$K}/tools/testing/selftests/stack" ]
}
overlay() { stack overlay "$@"; }
L=$K/lib/stack

ok 'tests of all series are laid' overlay lay "$K"
says 'at the level of the tree' 'alpha: tests for level 2 of 2 laid over'
says 'each at its own' 'beta: tests for level 1 of 1 laid over'
ok 'KUnit sees them' grep -qx 'source "lib/stack/Kconfig"' "$K/lib/Kconfig.debug"
ok 'kbuild too' grep -qx 'obj-y += stack/' "$K/lib/Makefile"
ok 'the level is in Kconfig' [ "$(grep -A2 STACK_LEVEL "$L/Kconfig" | tr -d '\n')" = \
	'config STACK_LEVEL_ALPHA	int	default 2--config STACK_LEVEL_BETA	int	default 1' ]
ok 'each has its line' [ "$(cat "$L/Makefile")" = 'obj-y += alpha/
obj-y += beta/' ]
ok 'files are the same' cmp "$P/kunit/alpha/alpha_kunit.c" "$L/alpha/alpha_kunit.c"
ok 'without what is in directories' [ ! -e "$L/alpha/mutants" ]
ok 'a selftest is still a program' [ -x "$K/tools/testing/selftests/stack/alpha/run.sh" ]
ok 'which its programs know the level from' grep -qx '#define STACK_LEVEL_ALPHA 2' \
	"$K/tools/testing/selftests/stack/level.h"
ok 'its benchmark is there, too' \
	cmp "$P/selftests/alpha/bench/rate.c" "$K/tools/testing/selftests/stack/alpha/bench/rate.c"
ok 'the config of level 2' [ "$(cat "$L/alpha/.kunitconfig")" = 'CONFIG_TWO=y
CONFIG_KUNIT=y' ]
ok 'again, for one series' overlay lay "$K" beta
ok 'lays that one only' [ "$(ls "$L")" = 'Kconfig
Makefile
beta' ]
ok 'and once' [ "$(grep -c stack "$K/lib/Kconfig.debug" "$K/lib/Makefile" | tr '\n' ' ')" = \
	"$K/lib/Kconfig.debug:1 $K/lib/Makefile:1 " ]
ok 'they are lifted' overlay lift "$K"
ok 'without a trace' untouched
ok 'lifted again' overlay lift "$K"
ok 'nothing happens' untouched

# Levels.
level() { # LEVEL: alpha is laid at that one
	overlay lay "$K" alpha && grep -q "default $1\$" "$L/Kconfig" && overlay lift "$K"
}
git -C "$K" checkout -q --detach base
ok 'on the base the level is 0' level 0
git -C "$K" checkout -q --detach base && git -C "$K" checkout -q --detach stack~2
ok 'on the first patch 1' level 1
overlay lay "$K" alpha >"$T/out" 2>&1
ok 'where what holds from patch 2 is left out' [ "$(cat "$L/alpha/.kunitconfig")" = CONFIG_KUNIT=y ]
overlay lift "$K" >"$T/out" 2>&1
git -C "$K" commit -q --allow-empty -m 'kernel/one.c: say twenty, and more'
ok 'a subject that only begins so is another' level 1
git -C "$K" checkout -q stack
export LEVEL=1
ok 'LEVEL= is taken as it is' level 1
LEVEL=3
fails 2 'LEVEL is "3"' 'but not more than there are patches' overlay lay "$K" alpha
LEVEL=99999999999999999999
fails 2 'LEVEL is' 'by far' overlay lay "$K" alpha
LEVEL=one
fails 2 'LEVEL is "one", not how many patches of alpha' 'nor a word' overlay lay "$K" alpha
ok 'and nothing is laid' untouched
unset LEVEL

# A tree of the user's without history, with a last line that does not end.
cp -r "$T/linux-9.1.2" "$T/mine" && printf 'obj-m += last.o' >>"$T/mine/lib/Makefile"
cp -r "$T/mine" "$T/was"
fails 2 'has no history.*LEVEL=' 'a tree without history needs LEVEL=' overlay lay "$T/mine" alpha
ok 'is left alone' diff -r "$T/was" "$T/mine"
ok 'takes it' env LEVEL=2 "$STACK" -C "$P" overlay lay "$T/mine" alpha
ok 'in a line of its own' grep -qx 'obj-y += stack/' "$T/mine/lib/Makefile"
ok 'next to what was there' grep -qx 'obj-m += last.o' "$T/mine/lib/Makefile"
ok 'is lifted' overlay lift "$T/mine"
ok 'and left as it was' diff -r "$T/was" "$T/mine"
fails 2 'is no kernel tree' 'a directory that is none is refused' overlay lay "$T/home"
fails 2 'is no kernel tree' 'so is one that is not there' overlay run "$T/nowhere" -- true
mkdir "$T/mine/lib/stack" # as a run that was killed leaves it
ok 'an empty directory of our name' env LEVEL=2 "$STACK" -C "$P" overlay lay "$T/mine" alpha
ok 'goes' overlay lift "$T/mine"
ok 'with the rest' diff -r "$T/was" "$T/mine"
mkdir "$T/mine/lib/stack" && echo mine >"$T/mine/lib/stack/mine.c"
fails 2 'lib/stack' 'what is the tree'\''s own is not overwritten' env LEVEL=2 "$STACK" -C "$P" overlay lay "$T/mine" alpha
ok 'nor removed' [ -e "$T/mine/lib/stack/mine.c" ]

# Run.
ok 'a command runs with the tests laid' overlay run "$K" alpha -- test -e lib/stack/alpha/alpha_kunit.c
ok 'and leaves no trace' untouched
ok 'what it says is seen' overlay run "$K" alpha -- echo hello
says 'as it is' '^hello$'
fails 42 '' 'its status is ours' overlay run "$K" alpha -- sh -c 'echo >&2; touch lib/stack/alpha/alpha.o; exit 42'
ok 'and no trace stays when it fails' untouched
fails 137 '' 'or is killed' overlay run "$K" alpha -- sh -c 'kill -9 $$'
ok 'or so' untouched
fails 7 'missing tool: nosuchtool' 'or is not there' overlay run "$K" alpha -- nosuchtool
ok 'nor then' untouched
for signal in INT TERM HUP; do
	fails 130 'interrupted: stopped' "SIG$signal ends it" \
		overlay run "$K" alpha -- sh -c "kill -$signal \$PPID; sleep 60"
	ok 'and leaves no trace' untouched
done
overlay run "$K" alpha -- sh -c 'kill -9 $PPID; sleep 0.1' >"$T/out" 2>&1
ok 'only SIGKILL can' [ -e "$K/lib/stack" ]
ok 'until the next run' overlay run "$K" beta -- test ! -e lib/stack/alpha
ok 'takes it out' untouched
fails 8 'process [0-9]* is at work on' 'two at a time are refused' \
	overlay run "$K" alpha -- "$STACK" -C "$P" overlay run "$K" beta -- true
ok 'and leave no trace' untouched

fails 2 'no series "nosuch"' 'an unknown series' overlay run "$K" nosuch -- true
fails 2 'gamma has no tests' 'one without tests' overlay run "$K" gamma -- true
fails 2 'needs a command' 'no command' overlay run "$K" alpha --
fails 2 'takes no command' 'one that is not run' overlay lay "$K" alpha -- true
fails 2 'lay, run or lift' 'another word' overlay put "$K" alpha
fails 2 'needs lay, run or lift, and a kernel tree' 'no tree' overlay lay
ln -s /etc/passwd "$P/kunit/alpha/link.c"
fails 4 'link.c: a symlink' 'a symlink in kunit/' overlay lay "$K" alpha
ok 'and all that leaves no trace' untouched
finish
