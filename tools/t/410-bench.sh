#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The benchmark of a series, at its base and at its tip.
. "$(dirname "$0")/kernels.sh"

mkdir -p "$P/selftests/beta/bench"
printf 'TEST_GEN_PROGS := one\ninclude ../../lib.mk\n' >"$P/selftests/beta/Makefile"
echo 'int main(void) { return 0; }' >"$P/selftests/beta/one.c"
fails 2 'of which series' 'a series has to be named' stack bench
fails 2 'no series "delta"' 'one that is not there is refused' stack bench delta
fails 2 'alpha has no benchmark' 'so is one that has none' stack bench alpha
fails 2 'ROUNDS is "0"' 'no round' env ROUNDS=0 "$STACK" -C "$P" bench beta
fails 2 'ROUNDS is "two"' 'and a number that is none' env ROUNDS=two "$STACK" -C "$P" bench beta
fails 1 'round 1, base: void: .*could not be built' 'one that cannot be built' stack bench beta

printf 'TEST_GEN_PROGS := rate\ninclude ../../../lib.mk\n' >"$P/selftests/beta/bench/Makefile"
cat >"$P/selftests/beta/bench/rate.c" <<'END'
#include <stdio.h>
#include "../../level.h"
int main(void) { printf("at level %c\n", "0123456789"[STACK_LEVEL_BETA]); return 0; }
END
# What the guests print, by their number from 1: base and tip in turn.
cat >"$T/figures" <<'END'
case $1 in
1) rate=100 loss=0;;
2) rate=110 loss=1;;
3) rate=1000 loss=0;;
4) rate=900 loss=0;;
5) rate=10 loss=3;;
6) rate=30 loss=0;;
*) rate=1 loss=1;;
esac
echo "# # bench x/rate $rate pps"
echo "# # bench x/loss $loss pps"
END
cat >"$T/console" <<END
tests=\$(grep -ao 'beta/[a-z/]* [0-9]* /test' "\$3" | sed 's, .*,,')
echo "\$(sha256sum <"\$3" | cut -c1-16) \$1 \$4 \$tests" >>"$T/ran"
printf '$kunit$begin'
sh "$T/figures" "\$(wc -l <"$T/ran")"
echo "\${verdict}ok 1 \$tests"
printf '1..1\nguest: end 1 0\n'
END
rounds=3
bench() { : >"$T/ran" && ROUNDS=$rounds stack bench beta; }
in_turn() { # HOW MANY ROUNDS
	awk -v rounds="$1" '{ all[$1] }
		NR <= 2 { first[NR % 2] = $1 } $1 != first[NR % 2] { bad = 1 }
		END { for (i in all) n++; exit bad || n != 2 || NR != 2 * rounds }' "$T/ran"
}
ok 'base and tip are compared' bench
says 'on the first machine' '^beta on x86_64, medians of 3 rounds$'
says 'medians, and that of the ratios' '^x/rate  *100  *110  *1.100 pps$'
says 'but over 0 there is none' '^x/loss  *0  *0  *- pps$'
ok 'in turn, each at its level' in_turn 3
ok 'with the benchmark alone, and without KUnit' \
	[ "$(cut -d' ' -f2- "$T/ran" | sort -u)" = 'x86_64 quiet kunit.enable=0 beta/bench/rate' ]
machine odd x86_64
echo 'Special: it is slow' >>"$P/configs/machines/odd"
echo 'Machines: odd' >>"$P/series/beta/meta"
ok 'a series with a machine of its own' bench
says 'is compared there' '^beta on odd, medians of 3 rounds$'
sed -i '/^Machines: /d' "$P/series/beta/meta"
rm "$P/configs/machines/odd"
rounds=
ok 'when nobody says how often' bench
ok 'it is five rounds' in_turn 5
rounds=3

sed "s/^echo/verdict='not '\n&/" "$T/console" >"$T/console.x86_64"
fails 1 'round 1, base: fail: ' 'a guest that fails' bench
says 'is named, and there is no table' 'beta/bench/rate'
sed "s/printf '1\.\./echo 'WARNING: CPU: 0 PID: 1 at x.c:1 f+0x1\/0x2'; &/" "$T/console" >"$T/console.x86_64"
fails 1 'round 1, base: fail: ' 'so is a kernel that complains' bench
rm "$T/console.x86_64"
cp "$T/figures" "$T/all"
printf 'if [ $1 -eq 4 ]; then echo "# # bench x/rate 1 pps"; exit; fi\n' | cat - "$T/all" >"$T/figures"
fails 1 'round 2, tip .*: x/loss' 'a figure that is missing in a round' bench
ok 'has no table' [ ! -s "$T/out" ]
printf 'if [ $1 -eq 3 ]; then echo "# # bench x/more 1 pps"; fi\n' | cat - "$T/all" >"$T/figures"
fails 1 'round 2, base .*: x/more' 'one that was not there before' bench
printf 'if [ $1 -eq 2 ]; then echo "# # bench x/loss 1 pps"; exit; fi\n' | cat - "$T/all" >"$T/figures"
fails 1 'round 1, tip .* of the base: x/rate' 'one that the tip has lost' bench
printf 'if [ $(($1 %% 2)) -eq 0 ]; then echo "# # bench x/more $1 pps"; fi\n' | cat - "$T/all" >"$T/figures"
ok 'one that only the tip has' bench
says 'is shown for itself' '^x/more  *-  *4  *- pps$'
says 'beside the others' '^x/rate  *100  *110  *1.100 pps$'
printf 'if [ $1 -eq 2 ]; then echo "# # bench x/rate many pps"; fi\n' | cat - "$T/all" >"$T/figures"
fails 1 'round 1, tip: "x/rate many pps" has no value' 'one that is no number' bench
echo >"$T/figures"
fails 1 'no "# bench" line' 'and none at all' bench
finish
