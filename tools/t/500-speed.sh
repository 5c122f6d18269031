#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Timing what proving a series takes: what is counted is right, however long it took.
. "$(dirname "$0")/kernels.sh"
cp "$source/tools/speed" "$P/tools/"
sed -i "1i case \$2 in o-user/*) [ ! -e '$T/no-boot' ] || exit 1 ;; esac" "$T/emulator"
# As a kernel prints it, with the time.
sed -i 's/guest: end/[    1.000000] &/' "$T/console"
commit 'speed'
speed() { "$P/tools/speed" "$@"; }

fails 1 'there is no series/delta' 'a series that is not there' speed "$STACK" delta
fails 1 'which series' 'none' speed "$STACK"
stack prove >"$T/out" 2>&1
touch "$T/no-boot"
fails 1 'rebase -x .* failed' 'a boot by hand that fails' speed "$STACK" alpha
rm "$T/no-boot"
touch -d '1 hour ago' "$P/build/speed/cold.err"
cold=$(stat -c %Y "$P/build/speed/cold.err")
ok 'is gone on from' speed "$STACK" alpha
ok 'with what was measured before' [ "$(stat -c %Y "$P/build/speed/cold.err")" = "$cold" ]
ok 'proving a series is timed' speed "$STACK" alpha
cp "$T/out" "$T/table"
ok 'anew, when it was done' [ "$(stat -c %Y "$P/build/speed/cold.err")" != "$cold" ]
sed 's/^/# /' "$T/table"
ok 'at its points and the base' grep -q '^alpha: 3 points with the base' "$T/table"
ok 'by hand' grep -q '^(a) .* [0-9.]* s  *[0-9.]* s a point' "$T/table"
ok 'by the program' grep -q '^(b) .* a point  [1-9][0-9]* verdicts$' "$T/table"
ok 'of which some is what is done by hand' grep -q '^ .* (a)  *[0-9]*[.][0-9] s ' "$T/table"
seconds() { sed -n "s/^$1.* \([0-9.]*\) s  *[0-9.]* s a point.*/\1/p" "$T/table"; }
ok 'which is no more than all' [ "$(echo "0 < $(seconds ' .*(a)') && $(seconds ' .*(a)') <= $(seconds '(b)')" | bc)" -eq 1 ]
ok 'again, with nothing asked' grep -q '^(c) .* 0 asked; ' "$T/table"
ok 'after an edit of code, from there on' grep -q '^(d) patch 1 of 2 edited .* asked, at alpha/1 alpha/2 $' "$T/table"
ok 'and of a message, just that' grep -q '^(e) .* 2 of [0-9]* asked$' "$T/table"
ok 'commit by commit' [ "$(git -C "$P/build/speed/project/build/linux" log -1 --format=%s)" = 'kernel/one.c: say twenty' ]
finish
