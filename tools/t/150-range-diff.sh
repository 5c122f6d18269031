#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Versions of a series are compared, one of them perhaps of another commit.
. "$(dirname "$0")/lib.sh"
project
quick_b4

rd() { stack range-diff "$@"; }
ok 'a series with itself' rd alpha alpha
ok 'is the same, patch by patch' [ "$(cat "$T/out")" = \
	'1:  '"$(git -C "$K" log -1 --format=%h stack~2)"' = 1:  '"$(git -C "$K" log -1 --format=%h stack~2)"' kernel/one.c: say ten
2:  '"$(git -C "$K" log -1 --format=%h stack~1)"' = 2:  '"$(git -C "$K" log -1 --format=%h stack~1)"' kernel/one.c: say twenty' ]
ok 'with another one' rd alpha beta
says 'none of its patches is' '^1:  [0-9a-f]* < -:'
ok 'its mailbox' stack mbox alpha
cp "$P/build/mbox/alpha.mbx" "$T/alpha.mbx"

# A new version next to the old one.
sed -i 's/^+twenty.*/+zwanzig/' "$P"/patches/alpha/0002-*
stack refresh alpha >"$T/out" 2>&1
rm -f "$P/build/mbox/alpha.mbx" && stack mbox >"$T/out" 2>&1
cp "$P/build/mbox/alpha.mbx" "$T/alpha.mbx"
ok 'against that of a commit' rd alpha@HEAD alpha
says 'the first patch is the same' '^1:  [0-9a-f]* = 1:  '
says 'the second is not' '^2:  [0-9a-f]* ! 2:  '
says 'and how' '^    -+twenty$'
ok 'with the uncommitted one untouched' grep -q '^+zwanzig' "$P"/patches/alpha/0002-*
ok 'its mailbox too' cmp "$T/alpha.mbx" "$P/build/mbox/alpha.mbx"
rm -rf "$P/build/apply"
ok 'both applied anew' rd alpha alpha@HEAD
ok 'the mailbox is that of the files' cmp "$T/alpha.mbx" "$P/build/mbox/alpha.mbx"
commit 'alpha: zwanzig'
ok 'of two commits' rd alpha@HEAD~1 alpha@HEAD
says 'the same' '^    -+twenty$'
ok 'the other way round' rd alpha alpha@HEAD~1
says 'the other way round' '^    ++twenty$'

# A superseded series is kept to be compared with.
printf 'gamma\nalpha-v2\nalpha\nbeta\n' >"$P/series/order"
meta alpha-v2 superseded 2
sed -i 's/^Version: 3/Version: 2/' "$P/series/alpha-v2/meta"
cp -r "$P/patches/alpha" "$P/patches/alpha-v2"
cp "$P/series/alpha/series" "$P/series/alpha-v2/series"
sed -i 's/^+zwanzig/+vingt/' "$P"/patches/alpha-v2/0002-*
ok 'with a superseded one' stack apply
says 'it has a row' '^alpha-v2  v2  *2/2  *superseded  *- '
ok 'but is not applied' [ "$(git -C "$K" rev-list --count base..stack)" -eq 3 ]
ok 'it is compared' rd alpha-v2 alpha
says 'with the one that came after' '^    -+vingt$'
fails 2 'alpha-v2 is superseded: it has no commits' 'nor checked out' stack checkout alpha-v2
ok 'refresh' stack refresh
ok 'leaves it alone' [ ! -e "$P/series/alpha-v2/lock" ]
sed -i 's/^-line 20 of one/-line zwanzig/' "$P"/patches/alpha-v2/0002-*
fails 5 'patches/alpha-v2/0002.* does not apply' 'what no longer applies' rd alpha-v2 alpha
ok 'is in nobody'\''s way' stack apply

fails 2 'range-diff needs two of' 'one side' rd alpha
fails 2 'range-diff takes no "beta"' 'three' rd alpha alpha beta
fails 2 'no series "nosuch"' 'an unknown series' rd alpha nosuch
fails 2 'gamma has no patches to compare' 'one of the base' rd gamma alpha
fails 2 '"nosuch" is no commit of' 'an unknown commit' rd alpha@nosuch alpha
fails 2 'no series "alpha-v2"' 'a series that was not there then' rd alpha-v2@HEAD alpha
restore
echo nonsense >>"$P/series/alpha/meta" && commit 'nonsense'
git -C "$P" revert --no-edit HEAD >"$T/out" 2>&1
fails 4 'series/alpha/meta:6: "nonsense"' 'a commit in which it was malformed' rd alpha@HEAD~1 alpha
fails 4 'series/alpha/meta:6: "nonsense"' 'whichever side' rd alpha alpha@HEAD~1
ok 'those before it are not' rd alpha@HEAD~2 alpha
finish
