#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Tests that look at a built kernel from outside.
. "$(dirname "$0")/kernels.sh"

# script NAME LINES...: a test of beta
script() {
	mkdir -p "$P/selftests/beta/look"
	_path=$P/selftests/beta/look/$1
	shift
	{ echo '#!/bin/sh' && printf '%s\n' "$@"; } >"$_path"
	chmod +x "$_path"
}
# shellcheck disable=SC2016
script at 'echo "$1 $2 $3" >>"'"$T"'/looked"' 'echo TAP version 13' \
	'echo "ok 1 # of $2"' 'echo 1..1' '[ -f "$1/vmlinux" ] && [ -f "$3/init/main.c" ]'
# shellcheck disable=SC2016
script planted 'echo TAP version 13' 'strings "$1/vmlinux" | grep -q bad_thing && printf "not "' \
	'echo "ok 1 nothing bad"' 'echo 1..1'
printf 'look/at 5\nlook/planted 5\n' >"$P/selftests/beta/outside"
commit 'tests from outside'

ok 'a kernel is looked at' prove
says 'at the base' '^base  *pass  *pass  *-  *-  *-  *pass  *pass  *pass *$'
ok 'with no patch' grep -q 'prove/linux/o-x86_64 0 ' "$T/looked"
ok 'and at the points of the series' grep -q 'prove/linux/o-um 1 .*/prove/linux$' "$T/looked"
ok 'what is found' stack explain beta/1 outside@um
says 'is counted' '^    2 passed$'
fails 2 'no check outside@um at point alpha/1' 'other series do not ask' stack explain alpha/1 outside@um
ok 'all is known' prove
ok 'and nobody looks again' [ "$(asked)" -eq 0 ]
script planted 'echo TAP version 13' 'echo not ok 1 look' 'echo 1..1' 'exit 1'
fails 1 '' 'a test that fails' prove
says 'fails at its points' '^beta/1 outside@um: fail (test)'
says 'and is named' '^    look/planted: look'
script planted 'echo 1..0'
fails 1 '' 'one that tests nothing' prove
says 'is void' '^beta/1 outside@um: void (test)'
script planted 'echo TAP version 13' 'echo ok 1 a' 'echo 1..1' 'exit 3'
fails 1 '' 'one that ends badly' prove
says 'is void, too' '^    look/planted: 1 passed, but it ended with status 3'
script planted 'sleep 60'
sed -i 's/planted 5/planted 1/' "$P/selftests/beta/outside"
fails 1 '' 'one that does not end' prove
says 'is a timeout' '^beta/1 outside@um: fail (timeout)'
restore
echo 'look/nowhere 5' >>"$P/selftests/beta/outside"
fails 4 'look/nowhere is not there' 'one that is not there is refused' prove
restore
echo 'look/at soon' >"$P/selftests/beta/outside"
fails 4 'selftests/beta/outside:1: .*<script> <seconds>' 'so is a line that makes no sense' prove
restore

# A mutant that such a test has to catch.
mkdir -p "$P/selftests/beta/mutants"
git -C "$K" checkout -q --detach refs/remotes/stack/stack
echo 'const char planted[] = "bad_thing";' >>"$K/init/main.c"
{ printf 'A line is added.\nTest: beta/look/planted\n\n' && git -C "$K" diff; } \
	>"$P/selftests/beta/mutants/bad.diff"
git -C "$K" checkout -q init/main.c
ok 'a mutant asks no point again' prove
ok 'as nothing is asked' [ "$(asked)" -eq 0 ]
ok 'a mutant is caught from outside' stack mutants
says 'by that test' '^selftests/beta/bad  *1 of 1 .* s  look/planted: nothing bad'
sed -i 's,^Test: .*,Test: beta/look/at,' "$P/selftests/beta/mutants/bad.diff"
fails 1 '' 'but not by another' stack mutants
says 'which it survives' '^selftests/beta/bad  *SURVIVED'
finish
