#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A part of the stack on each machine, and what they found out in one store.
. "$(dirname "$0")/kernels.sh"

# dump CACHE: what its store knows, but for seconds and times, and at which of the
# points that ask the same it was asked.
dump() {
	python3 - "$1/linux-series/store.sqlite" <<-'END'
	import sqlite3, sys
	db = sqlite3.connect(sys.argv[1])
	for row in db.execute('SELECT key, name, kind, failure, text FROM verdict ORDER BY key'):
	    print(row)
	for row in db.execute('SELECT key, nr, name, value FROM component ORDER BY key, nr'):
	    print(row)
	END
}
# on CLONE SEGMENT: a clone with a cache that knows the base commit alone.
on() {
	cp -r "$P" "$T/$1" && mkdir -p "$T/$1.cache/linux-series" &&
		cp -r "$T/cache/linux-series/linux.git" "$T/$1.cache/linux-series/" &&
		XDG_CACHE_HOME=$T/$1.cache SEGMENT=$2 "$STACK" -C "$T/$1" prove
}

# The base, alpha/1, alpha/2 and beta/1.
ok 'the lower half' on lower 1/2
says 'has the base' '^base  *pass'
says 'and a point' '^alpha/1  *-  *pass'
ok 'and no others' [ "$(grep -c '^\(alpha/2\|beta/1\) ' "$T/out")" -eq 0 ]
ok 'the upper half' on upper 2/2
says 'has the others' '^alpha/2  *pass'
says 'to the top' '^beta/1  *pass'
ok 'and not those below' [ "$(grep -c '^\(base\|alpha/1\) ' "$T/out")" -eq 0 ]
ok 'the whole' on whole ''
cp "$T/out" "$T/table"

export XDG_CACHE_HOME="$T/both.cache"
mkdir -p "$XDG_CACHE_HOME/linux-series"
cp -r "$T/cache/linux-series/linux.git" "$XDG_CACHE_HOME/linux-series/"
ok 'two stores are merged' stack merge "$T/lower.cache/linux-series/store.sqlite" \
	"$T/upper.cache/linux-series/store.sqlite"
says 'with how much that was' 'upper.cache/.*: [0-9]* verdicts, [0-9]* taken$'
dump "$T/whole.cache" >"$T/one"
dump "$XDG_CACHE_HOME" >"$T/two"
diff "$T/one" "$T/two" >"$T/out"
result $? 'two halves are the whole'
ok 'which is more than nothing' [ "$(wc -l <"$T/one")" -gt 100 ]
ok 'then all is known' prove
cp "$T/out" "$T/again"
ok 'and nothing is asked' [ "$(asked)" -eq 0 ]
ok 'with the same result' cmp "$T/again" "$T/table"

ok 'a part of one point' env SEGMENT=4/4 "$STACK" -C "$P" prove
says 'is that' '^beta/1  *pass'
for given in 0/2 3/2 1 1/ /2 a/b 1/5 -1/2 ' 1/2' 1/2x 1/99999999999999999999; do
	fails 2 "usage: SEGMENT is \"$given\", not <i>/<n> .* at most 4" "SEGMENT=$given" \
		env SEGMENT="$given" "$STACK" -C "$P" prove
	ok 'is said once' [ "$(grep -c '^stack: ' "$T/err")" -eq 1 ]
done
printf '%s\n' 'Issue: beta/1 mail' 'Says: a line of' 'Until: 2999-01-01' \
	'Link: https://example.org/' 'Reason: Nobody minds.' >"$P/configs/known-issues"
ok 'an issue of another part is none of this one' env SEGMENT=1/2 "$STACK" -C "$P" prove
rm "$P/configs/known-issues"
fails 2 'merge needs the stores' 'merge of nothing' stack merge
fails 4 'nowhere: No such file' 'a store that is not there' stack merge "$T/nowhere"
fails 4 'Makefile is no store of verdicts' 'a file that is none' stack merge "$P/Makefile"
finish
