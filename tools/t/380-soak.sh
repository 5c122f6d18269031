#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Tests that run for long.
. "$(dirname "$0")/kernels.sh"

mkdir -p "$P/selftests/beta"
printf 'TEST_GEN_PROGS := one two\ninclude ../../lib.mk\n' >"$P/selftests/beta/Makefile"
echo 'int main(void) { return 0; }' | tee "$P/selftests/beta/one.c" >"$P/selftests/beta/two.c"
cat >"$T/console" <<END
tests=\$(grep -ao 'beta/[a-z]* [0-9]* /test' "\$3" | sed 's, /test,,; s, ,:,')
echo "\$1 \$4:" \$tests >>"$T/ran"
printf '$kunit$begin'
n=0
for t in \$tests; do
	n=\$((n + 1))
	echo "\${verdict}ok \$n \${t%:*}"
done
printf '1..%d\nguest: end %d 0\n' \$n \$n
END
ok 'a series may have none' stack soak
says 'which is said' '^0 passed, 0 failed'
echo 'two 700 LONG=600 OTHER=1' >"$P/selftests/beta/soak"
ok 'a test runs for long' stack soak beta
says 'and passes' '^beta/two  *x86_64  *pass'
ok 'it alone, for its time, with its words' grep -q '^x86_64 quiet LONG=600 OTHER=1: beta/two:700$' "$T/ran"
machine odd x86_64
echo 'Special: it is slow' >>"$P/configs/machines/odd"
echo 'Machines: odd' >>"$P/series/beta/meta"
ok 'of a series with a machine of its own' stack soak beta
says 'there alone' '^1 passed, 0 failed'
says 'and nowhere else' '^beta/two  *odd  *pass'
sed -i '/^Machines: /d' "$P/series/beta/meta"
rm "$P/configs/machines/odd"
ok 'it is run again when asked again' stack soak
ok 'indeed' [ "$(grep -c '^x86_64 .*LONG' "$T/ran")" -eq 2 ]
sed "s/^echo/verdict='not '\n&/" "$T/console" >"$T/console.x86_64"
fails 1 '' 'one that fails' stack soak
says 'is counted' '^0 passed, 1 failed'
sed "s/printf '1\.\./echo 'WARNING: CPU: 0 PID: 1 at x.c:1 f+0x1\/0x2'; &/" "$T/console" >"$T/console.x86_64"
fails 1 '' 'a kernel that complains' stack soak
says 'fails, too' '^beta/two  *x86_64  *fail'
rm "$T/console.x86_64"
echo 'three 1' >"$P/selftests/beta/soak"
fails 1 '' 'a program that is not there' stack soak
says 'proves nothing' '^beta/three  *x86_64  *void'
echo 'one soon' >"$P/selftests/beta/soak"
fails 4 'selftests/beta/soak:1: .*<seconds>' 'a line that makes no sense is refused' stack soak
fails 2 'no series "delta"' 'so is a series' stack soak delta
finish
