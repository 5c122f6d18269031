#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Judging points: what is asked, what is known, what is asked again and why.
. "$(dirname "$0")/lib.sh"
quick_b4
project

asked() { grep -c '^\[.*\] .* \.\.\.$' "$T/err"; }

ok 'every point is judged' stack prove
says 'the last line counts' '^19 passed, 0 failed, 3 skipped$'
says 'every point has its row' '^alpha/2  *-  *pass  *pass  *pass  *pass'
says 'the base has its own' '^base  *pass  *-'
sed -n 's/^\[.*\] \([a-z]*\/[0-9]\) .*\.\.\.$/\1/p' "$T/err" >"$T/asked"
ok 'the tips came first' [ "$(head -n 10 "$T/asked" | sort -u | tr '\n' ' ')" = 'alpha/2 beta/1 ' ]
ok 'the top of the stack before the others' [ "$(uniq "$T/asked" | head -n 1)" = beta/1 ]
ok 'what is known' stack prove
ok 'is not asked again' [ "$(asked)" -eq 0 ]

ok 'explain says what a verdict depends on' stack explain alpha/1 mail
says 'by name' '^  patch: [0-9a-f]\{64\}$'
fails 2 'no check mail at point alpha/9' 'a point that is not there' stack explain alpha/9 mail
fails 2 'needs a point' 'explain of nothing' stack explain

# A message: the mail and the style of that patch, nothing else.
sed -i 's/^For a reason/For another reason/' "$P"/patches/alpha/0002-*
ok 'a message is edited' stack explain alpha/2 mail
says 'explain names the component' '^  patch changed: '
ok 'its checks are run' stack prove
says 'the mail' '^\[.*\] alpha/2 mail'
says 'and the style' '^\[.*\] alpha/2 style'
ok 'no others' [ "$(asked)" -eq 2 ]
restore

# A hunk: what reads the diff, here and above.
stack checkout alpha >/dev/null 2>&1
edit kernel/two.c 5 five
ok 'a patch is added' stack refresh alpha
ok 'the new point is judged' stack prove
says 'by all checks' '^alpha/3  *-  *pass  *pass  *pass  *pass'
git -C "$K" reset -q --hard HEAD~1
stack refresh alpha >/dev/null 2>&1
restore
ok 'back where it was' stack prove
ok 'all is known' [ "$(asked)" -eq 0 ]

# broken FILE-PATTERN SED: a patch is edited by hand and the locks follow.
broken() { sed -i "$2" "$P"/patches/$1; }

broken 'alpha/0001-*' 's/^@@ -7,7 +7,7 @@/@@ -9,7 +9,7 @@/'
fails 1 '' 'a hunk that applies elsewhere fails' stack prove
says 'as fuzz' '^alpha/1 fuzz: fail (apply)'
says 'with both lines' 'the patch says "@@ -9,7 +9,7 @@'
ok 'below the last table' [ "$(grep -n '^alpha/1 fuzz: fail' "$T/out" | cut -d: -f1)" -gt \
	"$(grep -n '^beta/1 ' "$T/out" | tail -n 1 | cut -d: -f1)" ]
restore

broken 'alpha/0001-*' 's/^Signed-off-by: .*/Reviewed-by: Some Body <body@example.org>/'
fails 1 '' 'a tag of somebody else fails' stack prove
says 'as mail' '^alpha/1 mail: fail (style)'
says 'naming it' 'names somebody else: "Reviewed-by'
says 'and what is missing' 'no Signed-off-by'
restore
broken 'alpha/0001-*' 's/^For a reason.*//; s/^Subject: .*/Subject: fixup! one/'
fails 1 '' 'a subject and no body fail' stack prove
says 'the subject' 'begins with "fixup!"'
says 'the file name' 'is not that of 0001-'
says 'the body' 'no body'
restore
broken 'alpha/0001-*' 's/^For a reason.*/For a \x1b[31mred\x1b[0m reason/'
fails 1 '' 'a control character in a message fails' stack prove
says 'and is shown as what it is' 'a control character: "For a .x1b\[31mred.x1b\[0m reason"'
restore
broken 'alpha/0001-*' 's/^For a reason.*/For a reason that is much too long for one line of a message, which ends at column 75/'
fails 1 '' 'a long line fails' stack prove
says 'with its length' 'a line of 8[0-9] columns'
restore

stack checkout alpha >/dev/null 2>&1
edit kernel/two.c 6 'BADSTYLE here'
edit kernel/two.c 7 'NODOC here'
stack refresh alpha >/dev/null 2>&1
fails 1 '' 'what the checkers find fails' stack prove
says 'checkpatch' '^alpha/3 style: fail (style)'
says 'kernel-doc' '^alpha/4 doc: fail (style)'
says 'with its words' 'kernel/two.c: not described: NODOC here'
says 'counted' '^29 passed, 2 failed, 5 skipped$'
edit kernel/two.c 8 'eight'
stack refresh alpha >/dev/null 2>&1
fails 1 '' 'an old warning' stack prove
says 'is not a new one' '^alpha/5  *-  *pass  *pass  *pass  *pass'
git -C "$K" reset -q --hard HEAD~3
edit kernel/two.c 6 "$(printf '%034d' 0) and more"
stack refresh alpha >/dev/null 2>&1
ok 'the file name ends in "-"' [ -e "$P"/patches/alpha/0003-*0-.patch ]
ok 'where the subject is cut there' stack prove
git -C "$K" reset -q --hard HEAD~1
stack refresh alpha >/dev/null 2>&1
restore

# Each file more has an owner of its own.
more() { # FILE LINE
	echo "$2" >"$K/$1"
	git -C "$K" add "$1"
}
stack checkout alpha >/dev/null 2>&1
more kernel/three 'ours'
more kernel/four 'ours, too'
git -C "$K" commit -q -s -m 'kernel: two more' -m 'For a reason.'
stack refresh alpha >/dev/null 2>&1
fails 1 '' 'files that nothing compiles' stack prove
says 'but that have owners' '^alpha/3  *-  *pass  *pass  *pass  *pass  *skip'
git -C "$K" reset -q --soft HEAD~1
more kernel/three 'of NOBODY'
git -C "$K" commit -q -s -m 'kernel: two more' -m 'For a reason.'
stack refresh alpha >/dev/null 2>&1
owners=$(echo "$P"/build/checkers/*)/scripts/get_maintainer.pl
cp "$owners" "$T/kept"
printf '#!/bin/sh\nexit 2\n' >"$owners"
fails 1 '' 'a get_maintainer that cannot tell' stack prove
says 'is void' '^alpha/3 style: void (infra)'
cp "$T/kept" "$owners"
fails 1 '' 'one that has none' stack prove
says 'is named' 'new file kernel/three has no maintainer in MAINTAINERS'
git -C "$K" reset -q --hard HEAD~1
stack refresh alpha >/dev/null 2>&1
restore

# Semantic patches: what they find is known by the line of code that it is about.
stack checkout alpha >/dev/null 2>&1
edit kernel/two.c 6 'bad_cocci here'
edit kernel/two.c 7 'bad_cocci there'
sed -i '1i one more' "$K/kernel/two.c"
git -C "$K" commit -q -s -a -m 'kernel/two.c: move' -m 'For a reason.'
stack refresh alpha >/dev/null 2>&1
fails 1 '' 'what a semantic patch finds fails' stack prove
says 'as style' '^alpha/3 cocci: fail (style)'
says 'where it is' 'kernel/two.c:6:1-2: WARNING: bad, see line 6'
says 'a second one, too' '^alpha/4 cocci: fail (style)'
says 'and only that' '^    1 new:'
says 'what was there and moved does not' '^alpha/5  *-  *pass  *pass  *pass  *pass  *pass'
git -C "$K" reset -q --hard HEAD~3
edit kernel/two.c 6 'bad_cocci, worse_cocci and worst_cocci'
stack refresh alpha >/dev/null 2>&1
fails 1 '' 'what several find' stack prove
says 'is all of it found' '^    3 new:'
git -C "$K" reset -q --hard HEAD~1
edit kernel/two.c 6 'crashes spatch'
stack refresh alpha >/dev/null 2>&1
fails 1 '' 'a spatch that crashes' stack prove
says 'proves nothing' '^alpha/3 cocci: void (infra)'
says 'and what it was about to do is named' 'scripts/coccinelle/free/bad.cocci ended with status 139'
git -C "$K" reset -q --hard HEAD~1
stack refresh alpha >/dev/null 2>&1
restore
echo free/none.cocci >"$P/configs/coccinelle"
fails 1 '' 'nor does a semantic patch that the base does not have' stack prove
says 'which is said' 'the base has no scripts/coccinelle/free/none.cocci'
echo '# none' >"$P/configs/coccinelle"
fails 1 '' 'nor an empty list' stack prove
says 'which is said, too' 'configs/coccinelle lists no semantic patch'
echo '../bad.cocci' >"$P/configs/coccinelle"
fails 4 'configs/coccinelle:1: "../bad.cocci" is not a semantic patch' 'a line that is none is refused' stack prove
restore
mkdir "$T/most"
ln -s /usr/bin/* "$T/most"
rm -f "$T/most/spatch"
mv "$T/quick/spatch" "$T/spatch.away"
fails 1 '' 'without spatch' env PATH="$T/quick:$T/most" "$STACK" -C "$P" prove
says 'nothing is proved' '^beta/1 cocci: void (infra)'
mv "$T/spatch.away" "$T/quick/spatch"

# What no build compiles is proved by a check that the meta names.
stack checkout alpha >/dev/null 2>&1
echo 'obj-y += one.o' >>"$K/lib/Makefile"
git -C "$K" commit -q -s -a -m 'lib: build one' -m 'For a reason.'
stack refresh alpha >/dev/null 2>&1
fails 1 '' 'a makefile without a proof fails' stack prove
says 'naming it' 'lib/Makefile: no build compiles it; name the check'
says 'and no semantic patch reads it' '^alpha/3  *-  *pass  *pass  *pass  *pass  *skip  *skip'
sed -i 's/^Parts: 2/Parts: 3/' "$P/series/alpha/meta"
echo 'Proof: 3 lib/Makefile: docs' >>"$P/series/alpha/meta"
fails 1 '' 'a check that is not there' stack prove
says 'is none' 'there is no check docs'
sed -i 's/: docs$/: suite/' "$P/series/alpha/meta"
fails 1 '' 'nor is one that does not ask about the point' stack prove
says 'which is said' 'the check suite asks nothing of alpha/3'
sed -i 's/: suite$/: doc/' "$P/series/alpha/meta"
ok 'one that does is one' stack prove
git -C "$K" reset -q --hard HEAD~1
stack refresh alpha >/dev/null 2>&1
restore

# Known issues.
broken 'alpha/0001-*' 's/^For a reason.*/For a reason that is much too long for one line of a message, which ends at column 75/'
printf '%s\n' 'Issue: alpha/1 mail' 'Says: a line of' 'Until: 2999-01-01' \
	'Link: https://example.org/' 'Reason: Nobody minds.' >"$P/configs/known-issues"
ok 'a known issue fails nothing' stack prove
says 'is shown' '^alpha/1 mail: warn (style)'
says 'with its reason' 'known: Nobody minds. (https://example.org/)'
says 'and in its row' '^alpha/1  *-  *warn'
sed -i 's/2999/1999/' "$P/configs/known-issues"
fails 1 '' 'an expired one fails' stack prove
says 'and says so' 'known-issues:1: this issue has expired'
git -C "$P" checkout -q patches series
sed -i 's/1999/2999/' "$P/configs/known-issues"
fails 1 '' 'one that is gone fails' stack prove
says 'and is named' 'known-issues:1: this issue matches nothing any more'
sed -i 's/Until/Untill/' "$P/configs/known-issues"
fails 4 'known-issues:3: unknown field' 'a malformed one is refused before anything is run' stack prove
ok 'nothing ran' [ "$(asked)" -eq 0 ]
restore

# What proves nothing is void, counts as failed, and is asked again.
void() { # CHECKER SCRIPT PATTERN DESCRIPTION
	_dir=$(echo "$P"/build/checkers/*)
	cp "$_dir/scripts/$1" "$T/kept"
	printf '#!/bin/sh\n%s\n' "$2" >"$_dir/scripts/$1"
	rm -f "$XDG_CACHE_HOME"/linux-series/store.sqlite*
	fails 1 '' "$4" stack prove
	says "$4: void" "$3"
	cp "$T/kept" "$_dir/scripts/$1"
}
void checkpatch.pl 'exit 0' '^beta/1 style: void (infra)' 'a checkpatch that says nothing'
void checkpatch.pl 'echo boo >&2; echo total: 0 errors, 0 warnings, 0 checks, 9 lines checked' \
	'^beta/1 style: void (infra)' 'a checkpatch that stumbles'
void checkpatch.pl 'echo total: 0 errors, 0 warnings, 0 checks, 0 lines checked' \
	'^beta/1 style: void (style)' 'a checkpatch that reads nothing'
ok 'what proved nothing' stack explain beta/1 style
says 'is explained' '^beta/1 style: void'
says 'with what was found' '^    checkpatch.pl'
void kernel-doc 'echo Traceback >&2; exit 1' '^beta/1 doc: void (infra)' 'a kernel-doc that crashes'
ok 'mended, they are asked again' stack prove
ok 'the void ones only' [ "$(asked)" -eq 3 ]
printf 'suite:\n\t@echo all is well\n' >"$P/Makefile"
fails 1 '' 'a suite without a total' stack prove
says 'is void' '^base suite: void (test)'
printf 'suite:\n\t@echo 0 passed, 0 failed, 0 skipped\n' >"$P/Makefile"
fails 1 '' 'a suite without a test' stack prove
says 'is void, too' '^base suite: void (test)'
printf 'suite:\n\t@echo 2 passed, 1 failed, 0 skipped\n' >"$P/Makefile"
fails 1 '' 'a suite that fails' stack prove
says 'fails' '^base suite: fail (test)'
restore

# An edit while a check runs: here of the suite, by the suite.
rm -f "$XDG_CACHE_HOME"/linux-series/store.sqlite*
printf 'suite:\n\t@echo >>Makefile\n\t@echo 3 passed, 0 failed, 0 skipped\n' >"$P/Makefile"
fails 3 'base suite: not judged, as its files were edited meanwhile' 'an edit while a check runs' stack prove
says 'leaves it to be judged' '^NOT PROVED 1 of 22; the top of the stack is, variants and special machines aside$'
restore
stack prove >"$T/out" 2>&1

# Time.
rm -f "$XDG_CACHE_HOME"/linux-series/store.sqlite*
fails 3 '' 'a budget that is soon over' env BUDGET=0.0000001 "$STACK" -C "$P" prove
says 'leaves most, and says so' '^NOT PROVED 2[0-2] of 22$'
says 'before the last line' '^[01] passed, 0 failed, 0 skipped$'
printf 'suite:\n\t@sleep 60\n' >"$P/Makefile"
began=$(date +%s)
fails 3 '' 'a check that takes longer' env BUDGET=0.1 "$STACK" -C "$P" prove
says 'is left, as what is behind it' '^NOT PROVED [1-9][0-9]* of 22'
cp "$T/err" "$T/told"
ok 'and stopped then' [ $(($(date +%s) - began)) -lt 40 ]
fails 1 '' 'without a word of an interruption' grep interrupted "$T/told"
restore
fails 2 'BUDGET is "soon"' 'a budget that is none' env BUDGET=soon "$STACK" -C "$P" prove
printf 'suite:\n\t@kill -INT $$(cut -d" " -f4 /proc/$$PPID/stat)\n\t@sleep 5\n' >"$P/Makefile"
fails 130 'interrupted' 'Ctrl-C in the middle' stack prove
says 'shows what is known' '^alpha/2  *-  *pass'
restore
ok 'the next run goes on' stack prove
ok 'with what was left' [ "$(asked)" -lt 19 ]
finish
