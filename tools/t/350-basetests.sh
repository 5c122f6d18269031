#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Kselftests that the kernel brings itself, run at the base.
. "$(dirname "$0")/kernels.sh"

# Each test that is in the initramfs says ok, and its time-out.
cat >"$T/console" <<END
printf '$kunit$begin'
grep -ao '[a-z]*/[a-z]* [0-9]* /test' "\$3" | {
	n=0
	while read -r name seconds rest; do
		n=\$((n + 1))
		printf '# for %s seconds\nok %d %s\n' "\$seconds" \$n "\$name"
	done
	printf '1..%d\nguest: end %d 0\n' \$n \$n
}
END
mkdir -p "$P/configs/kselftests"
echo 'own/one 7' >"$P/configs/kselftests/x86_64"
commit 'one of the kernel'\''s tests'

ok 'a test of the kernel'\''s own is run' prove
says 'at the base' '^base  *pass  *pass  *-  *-  *-  *pass  *pass  *pass  *pass'
says 'and nowhere else' '^alpha/1  *pass  *pass  *pass  *pass  *-  *skip  *pass  *pass  *skip'
ok 'what a compiler complains of' stack explain base kselftest-build@x86_64
says 'is not ours to mend' '^    1 programs'
ok 'those that are not listed' stack explain base kselftest@x86_64
says 'are not run' '^    1 passed'
ok 'it has its seconds' grep -q '^# for 7 seconds' "$P"/build/prove/boots/x86_64-*/console
echo 'own/two 7' >>"$P/configs/kselftests/x86_64"
ok 'another one is listed' prove
ok 'what runs there is asked again' [ "$(asked)" -eq 4 ]
ok 'of the base' stack explain base kselftest@x86_64
says 'and it is run, too' '^    2 passed'
echo 'own/three 7' >>"$P/configs/kselftests/x86_64"
fails 4 'the kernel has no kselftest own/three' 'one that is not there is refused' prove
restore
mkdir -p "$P/selftests/alpha"
printf 'TEST_GEN_PROGS := one\ninclude ../../lib.mk\n' >"$P/selftests/alpha/Makefile"
echo 'int main(void) { return 0; }' >"$P/selftests/alpha/one.c"
ok 'with those of series' prove
ok 'they are run together' stack explain base kselftest@x86_64
says 'in one guest' '^    2 passed'
machine odd x86_64
echo 'Special: it is slow' >>"$P/configs/machines/odd"
echo 'own/two 7' >"$P/configs/kselftests/odd"
echo 'Machines: x86_64 odd' >>"$P/series/alpha/meta"
commit 'a special machine'
ok 'on a special machine' prove
ok 'they are run at the tip, too' stack explain alpha/2 kselftest@odd
says 'of a series that names it' '^    2 passed'
ok 'but not below' stack explain alpha/1 kselftest@odd
says 'where its own are run alone' '^    1 passed'
ok 'nor elsewhere' stack explain alpha/2 kselftest@x86_64
says 'at the tip' '^    1 passed'
finish
