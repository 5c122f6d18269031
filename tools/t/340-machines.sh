#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Kernels of another architecture, and two machines that run the same one.
. "$(dirname "$0")/kernels.sh"

machine old arm64
machine new arm64
sed -i 's/^Arch: .*/Arch: arm64/' "$P/series/beta/meta"
for slug in alpha beta; do
	mkdir -p "$P/selftests/$slug"
	printf 'TEST_GEN_PROGS := one\ninclude ../../lib.mk\n' >"$P/selftests/$slug/Makefile"
	echo 'int main(void) { return 0; }' >"$P/selftests/$slug/one.c"
done
# Each test that is in the initramfs says ok.
cat >"$T/console" <<END
printf '$kunit$begin'
n=0
for test in \$(grep -ao '[a-z]*/one [0-9]* /test' "\$3" | cut -d' ' -f1); do
	n=\$((n + 1))
	echo "ok \$n \$test"
done
printf '1..%d\nguest: end %d 0\n' \$n \$n
END
commit 'two machines for arm64'
ok 'a series for another architecture is judged' prove
says 'on each of its machines' '^beta/1 .*pass  *pass  *pass  *pass *$'
for check in build@arm64 kunit@old kselftest@new; do
	ok "by $check" stack explain beta/1 $check
done
for check in build@x86_64 kunit@um; do
	fails 2 "no check $check at point beta/1" "not by $check" stack explain beta/1 $check
done
fails 2 'no check build@arm64 at point alpha/1' 'one for any is not judged there' \
	stack explain alpha/1 build@arm64
ok 'the base is judged on all' stack explain base kselftest@old
ok 'each kernel is booted once on each of its machines' booted 4
ok 'its init is of its architecture' sh -c 'readelf -h "$1"/init | grep -q AArch64' sh \
	"$(ls -d "$P"/build/prove/boots/old-*)"
ok 'prove again' prove
ok 'all is known' [ "$(asked)" -eq 0 ]
# A machine for series that need it.
machine odd x86_64
echo 'Special: it is slow' >>"$P/configs/machines/odd"
echo 'Machines: odd' >>"$P/series/alpha/meta"
commit 'a special machine'
ok 'a special machine is asked about' prove
says 'at the base and the series that names it' '^alpha/2 .*pass  *pass  *pass'
ok 'there' stack explain alpha/1 console@odd
fails 2 'no check console@odd at point beta/1' 'not by others' stack explain beta/1 console@odd
ok 'its kselftests run there' stack explain alpha/2 kselftest@odd
says 'as that of the tip' '^    1 passed'
ok 'and nowhere else' stack explain alpha/2 kselftest@x86_64
says 'where none is left' 'no series up to here has kselftests'
sed -i 's/^Machines: .*/Machines: odd vax/' "$P/series/alpha/meta"
fails 4 'series/alpha/meta: Machines: there is no configs/machines/vax' \
	'a machine that is not there is refused' prove
restore
sed -i 's/^Arch: .*/Arch: any arm64/' "$P/series/beta/meta"
for check in build@arm64 build@x86_64 kunit@um; do
	ok "any and one more: $check" stack explain beta/1 $check
done
restore
fails 2 'MACHINES names vax' 'a machine that is not there is refused' \
	env MACHINES='old vax' "$STACK" -C "$P" prove
ok 'some machines may be left out' env MACHINES='old um' "$STACK" -C "$P" prove
says 'one of theirs is asked' '^old  *kselftest-build'
ok 'and none of the others' sh -c '! grep -q "^\(new\|x86_64\) " "$1"' sh "$T/out"
# A variant: what a run with too little time can do without.
sed -i 's/^Arch: .*/Arch: any/' "$P/series/beta/meta"
machine slow x86_64
sed -i 's/^Config: .*/&-debug/' "$P/configs/machines/slow"
mkdir "$P/configs/variant"
echo 'CONFIG_TAP=y' >"$P/configs/variant/debug.config"
rm "$XDG_CACHE_HOME/linux-series/store.sqlite"
ok 'a variant is judged' prove
sed -n 's/^\[.*\] beta\/1 \([^ ]*\) .*\.\.\.$/\1/p' "$T/err" >"$T/asked"
ok 'and only when all else is, at the top' sh -c \
	'[ "$(grep -n debug "$1" | head -n 1 | cut -d: -f1)" -gt "$(grep -nx compiled "$1" | cut -d: -f1)" ]' \
	sh "$T/asked"
restore
echo 'Cpus: 1' >>"$P/configs/machines/old"
fails 4 'configs/machines/old:.*Cpus' 'a machine that is malformed is refused' prove
restore
finish
