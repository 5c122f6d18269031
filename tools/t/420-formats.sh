#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Verdicts for other programs: JSON and KTAP.
. "$(dirname "$0")/kernels.sh"

form() { FORMAT=$1 stack prove; } # FORMAT

# keep NAME: what the command before printed.
keep() { grep -v '^(exit status ' "$T/out" >"$T/$1"; }

# matching EXPRESSION: how many lines of $T/json, each an object, Python's expression
# holds for.
matching() {
	python3 -c 'import json, sys
objects = [json.loads(line) for line in sys.stdin]
print(sum(1 for v in objects if eval("(" + sys.argv[1] + ")", {"v": v})))' "$1" <"$T/json"
}
one() { [ "$(matching "$1")" -eq 1 ]; }

# KTAP with two levels, read strictly: numbers, plans, and that a test is ok when all
# its subtests are.  Prints "<good> <bad>", of subtests.
ktap() {
	awk '
	function no(why) { print "line " NR ": " why ": " $0; wrong = 1; exit 1 }
	NR == 1 && $0 != "KTAP version 1" { no("no version") }
	/^1\.\./ { tests = substr($0, 4); next }
	/^    1\.\./ { subtests = substr($0, 8); seen = failed = 0; next }
	/^(    )?(KTAP version 1|# .*)$/ { next }
	/^    (not )?ok / {
		nr = $1 == "ok" ? $2 : $3
		if (nr != ++seen) no("number")
		$1 == "ok" ? good++ : failed++
		next
	}
	/^(not )?ok / {
		nr = $1 == "ok" ? $2 : $3
		if (nr != ++points) no("number")
		if (seen != subtests) no("plan")
		if (($1 == "ok") != !failed) no("sum")
		bad += failed
		next
	}
	{ no("unknown line") }
	END {
		if (wrong) exit 1
		if (points != tests) no("plan")
		print good + 0, bad + 0
	}' "$T/ktap"
}

fails 2 'FORMAT is "xml", not json or ktap' 'a form that there is not' form xml
ok 'nothing is asked' [ ! -e "$T/booted" ]
ok 'a run that asks' form json
keep json
ok 'ends in the verdicts' one "v['point'] == 'alpha/1' and v['check'] == 'kunit@um' and
	v['verdict'] == 'pass' and v['class'] is None and v['text'] == '1 passed, 0 skipped'"
ok 'at which commit' one "v['point'] == 'base' and v['check'] == 'link@um' and
	v['commit'] == '$BASE' and v['subject'] is None"
ok 'for which point it was found, if not for that' \
	[ "$(matching "v['check'] == 'kunit@um' and v['from']")" -gt 0 ]
ok 'and how to ask for it' one "v['point'] == 'beta/1' and v['check'] == 'w1@x86_64' and
	v['test'] == 'make test MACHINES=x86_64' and
	v['explain'] == 'make explain POINT=beta/1 CHECK=w1@x86_64'"
stack prove >"$T/text" 2>&1
ok 'there are as many as the last line counts' [ "$(wc -l <"$T/json")" -eq \
	"$(tail -n 1 "$T/text" | awk '{ print $1 + $3 + $5 }')" ]
ok 'KTAP' form ktap
keep ktap
ok 'has a test for each point' grep -q '^ok 4 beta/1$' "$T/ktap"
ok 'with subtests' ktap
ok 'for all checks' [ "$(cat "$T/out")" = "$(wc -l <"$T/json") 0" ]
ok 'those that do not apply with the reason' \
	grep -q '^    ok 8 kselftest-build@x86_64 # SKIP no series up to here has kselftests$' "$T/ktap"

# What is not well.
broken() { sed -i "$2" "$P"/patches/$1; }
broken 'alpha/0001-*' 's/^For a reason.*/Say "\\\\" and\tthat: '"$(printf '\033[1m \377')"' in a line that is longer than what git log shows well/'
printf 'suite:\n\t@echo all is well\n' >"$P/Makefile"
fails 1 '' 'a failure' form json
keep json
ok 'is one in JSON' one "v['point'] == 'alpha/1' and v['check'] == 'mail' and
	v['verdict'] == 'fail' and v['class'] == 'style' and
	'Say \"\\\\\\\\\" and\tthat: \u241b[1m' in v['text']"
ok 'and what is void' one "v['check'] == 'suite' and v['verdict'] == 'void' and v['class'] == 'test'"
fails 1 '' 'a failure' form ktap
keep ktap
ok 'is one in KTAP' grep -q '^    not ok 1 mail # fail (style)$' "$T/ktap"
ok 'with its words' grep -q '^    #   a line of .*: "Say ' "$T/ktap"
ok 'what is void is an error' grep -q '^    not ok 1 suite # ERROR void (test)$' "$T/ktap"
ok 'all in its place' ktap
says 'and counted' '^[0-9]* 2$'
printf '%s\n' 'Issue: alpha/1 mail' 'Says: a line of' 'Until: 1999-01-01' \
	'Link: https://example.org/' 'Reason: Nobody minds.' >"$P/configs/known-issues"
fails 1 '' 'a known issue that is wrong' form ktap
keep ktap
ok 'is a test of its own' grep -q '^not ok 5 configs/known-issues$' "$T/ktap"
ok 'with the reason' grep -q '^#   .*known-issues:1: this issue has expired' "$T/ktap"
fails 1 '' 'and in JSON' form json
keep json
ok 'an object of its own' one "'known-issues:1: this issue has expired' in v.get('issue', '')"
sed -i 's/1999/2999/' "$P/configs/known-issues"
fails 1 '' 'a known issue that holds' form ktap
keep ktap
ok 'is ok' grep -q '^    ok 1 mail # warn (style)$' "$T/ktap"
restore

# What is not known.
rm -f "$XDG_CACHE_HOME"/linux-series/store.sqlite*
fails 3 '' 'time that is over' env BUDGET=0.0000001 FORMAT=ktap "$STACK" -C "$P" prove
keep ktap
ok 'leaves errors' grep -q '^    not ok 1 mail # ERROR not judged$' "$T/ktap"
ok 'all in its place' ktap
fails 3 '' 'and in JSON' env BUDGET=0.0000001 FORMAT=json "$STACK" -C "$P" prove
keep json
ok 'no verdict' one "v['point'] == 'alpha/1' and v['check'] == 'mail' and
	v['verdict'] is None and v['text'] is None and v['seconds'] is None"
finish
