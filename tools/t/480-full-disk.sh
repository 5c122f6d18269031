#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A disk that is full when points are judged: one error and status 7, what is known
# stays known, and with room the next run goes on.
. "$(dirname "$0")/lib.sh"
quick_b4
project

# on_small COMMAND...: with the cache on a file system of 4 MiB, which ends with it.
on_small() {
	unshare -rm sh -c 'mount -t tmpfs -o size=4m small "$1" && shift && "$@"' sh "$T/small" "$@"
}
mkdir "$T/small"
if ! on_small true 2>"$T/err"; then
	skip 'a full disk' 'there are no user namespaces here'
	finish
fi
export STACK P T
# What is done there; a number of KiB is left free.
cat >"$T/there" <<'END'
cp -r "$T/cache/linux-series" "$T/small/" || exit 99
rm -f "$T"/small/linux-series/store.sqlite*
export XDG_CACHE_HOME="$T/small"
[ -z "$2" ] || "$STACK" -C "$P" prove >/dev/null 2>&1
dd if=/dev/zero of="$T/small/filler" bs=1k 2>/dev/null
truncate -s -"$1"k "$T/small/filler"
df -k --output=avail "$T/small" | tail -n 1 >"$T/left"
[ -z "$2" ] || sed -i 's/^For a reason/For another reason/' "$P"/patches/alpha/0002-*
"$STACK" -C "$P" prove
status=$?
rm "$T/small/filler"
"$STACK" -C "$P" prove >"$T/out2" 2>"$T/err2"
echo "$?" >"$T/status2"
exit $status
END
one_error() { [ "$(grep -c '^stack: ' "$T/said")" -eq 1 ]; }
then_whole() { [ "$(cat "$T/status2")" -eq 0 ] && grep -q '^19 passed, 0 failed, 3 skipped$' "$T/out2"; }

for free in 0 8 48 96 160; do
	fails 7 "^stack: infra: the store $T/small/.*; make room and run again" "a full disk with $free KiB left" \
		on_small sh "$T/there" $free ''
	cp "$T/err" "$T/said"
	ok 'is one error' one_error
	ok 'and with room all is well' then_whole
done
fails 7 "^stack: infra: the store .*; make room and run again" 'a disk that is full when one verdict is to be added' \
	on_small sh "$T/there" 0 known
cp "$T/err" "$T/said"
ok 'is one error, too' one_error
ok 'and asks those two checks when there is room' [ "$(grep -c '^\[.*\] .* \.\.\.$' "$T/err2")" -le 2 ]
ok 'which is then the whole' then_whole
finish
