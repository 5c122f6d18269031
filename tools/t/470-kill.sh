#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Killed at moments that nobody chose: no verdict is lost or wrong, and whatever work
# tree, object directory or store is left behind, the next run goes on with it.
. "$(dirname "$0")/kernels.sh"
seed=20251120
# One configuration is enough, and under ASan, where all takes longer, fewer moments.
rm "$P/configs/kernel/um.config" "$P/configs/machines/um" && commit 'one machine'
case $STACK in
*/asan/*) kills=10 ;;
*) kills=50 ;;
esac
echo "# seed $seed"
awk -v seed="$seed" 'BEGIN { srand(seed); for (i = 0; i < 1000; i++) print rand() }' >"$T/random"

store=$XDG_CACHE_HOME/linux-series/store.sqlite
dump() { # all verdicts, a line each
	python3 - "$store" <<-'END'
	import os, sqlite3, sys
	if os.path.exists(sys.argv[1]):
	    db = sqlite3.connect(sys.argv[1])
	    if db.execute('PRAGMA integrity_check').fetchone() != ('ok',):
	        sys.exit('the store is damaged')
	    if db.execute('SELECT 1 FROM sqlite_master WHERE name = "verdict"').fetchone():
	        for row in db.execute('SELECT key, name, kind, failure, text FROM verdict ORDER BY key'):
	            print(repr(row))
	END
}
# kept: all verdicts of before are there, and none that an undisturbed run does not have.
kept() {
	dump >"$T/now" && comm -23 "$T/before" "$T/now" >"$T/lost" &&
		comm -23 "$T/now" "$T/whole" >"$T/wrong" && mv "$T/now" "$T/before" &&
		[ ! -s "$T/lost" ] && [ ! -s "$T/wrong" ] && return
	sed 's/^/# lost: /' "$T/lost"
	sed 's/^/# wrong: /' "$T/wrong"
	return 1
}
# afresh: nothing is known; every other time nothing is there, either.
afresh() {
	rm -rf "$store" "$store-wal" "$store-shm" "$P/build/prove"
	round=$((round + 1))
	[ $((round % 2)) -eq 0 ] || rm -rf "$P/build"
	: >"$T/before"
}

began=$(date +%s%N)
ok 'an undisturbed run' prove
took=$((($(date +%s%N) - began) / 1000000))
cp "$T/out" "$T/table"
dump | sort >"$T/whole"
ok 'has verdicts' [ "$(wc -l <"$T/whole")" -gt 50 ]
# Both kinds of harm would be seen.
echo '(lost)' >"$T/before"
kept >"$T/said"
result $((! $?)) 'a verdict that is lost would be found'
: >"$T/before"
sed 1d "$T/whole" >"$T/all" && mv "$T/whole" "$T/aside" && mv "$T/all" "$T/whole"
kept >"$T/said"
result $((! $?)) 'so would one that is wrong'
mv "$T/aside" "$T/whole"

round=0 killed=0 whole=0
afresh
exec 9<"$T/random"
while [ $killed -lt $kills ] && read -r part <&9; do
	delay=$(awk -v a="$part" -v b="$took" 'BEGIN { printf "%.3f", a * b / 1000 }')
	"$STACK" -C "$P" prove >"$T/out" 2>"$T/err" 9<&- &
	pid=$!
	sleep "$delay"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	got=$?
	if [ $got -eq 0 ]; then
		whole=$((whole + 1))
		cmp "$T/out" "$T/table" >>"$T/err"
		result $? "run $whole after kills ends as an undisturbed one"
		afresh
		continue
	fi
	killed=$((killed + 1))
	[ $got -eq 137 ] && kept >>"$T/err"
	result $? "kill $killed, after $delay s (status $got)"
done
exec 9<&-
ok 'all kills were made' [ $killed -eq $kills ]
ok 'the last run' stack prove
cp "$T/out" "$T/again"
ok 'ends as an undisturbed one' cmp "$T/again" "$T/table"
ok 'and leaves nothing to do' prove
ok 'at all' [ "$(asked)" -eq 0 ]
# git leaves a lock when it is killed just after it has made it, which is rare.
rm -f "$store" "$store-wal" "$store-shm" && rm -rf "$P/build/prove/boots"
for lock in HEAD index config; do
	: >"$P/build/prove/linux/.git/$lock.lock"
done
ok 'locks of a killed git are no obstacle' prove
ok 'the kernel tree is whole' [ -z "$(git -C "$P/build/prove/linux" status --porcelain --untracked-files=no)" ]
finish
