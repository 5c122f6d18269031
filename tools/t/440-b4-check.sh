#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What b4 is told of a patch.
source=$(realpath "$(dirname "$0")/../..")
. "$(dirname "$0")/lib.sh"
project
mkdir -p "$P/tools" "$P/build/tools"
# The fake spatch stays in front of the system's.
sed '/^PATH=/d' "$source/tools/b4-check" >"$P/tools/b4-check"
chmod +x "$P/tools/b4-check"
ln -sf "$(realpath "$STACK")" "$P/build/tools/stack"
printf 'build/\ntools/\n' >"$P/.gitignore"
commit 'b4-check'
stack prove >"$T/out" 2>&1

# told MAIL: what b4 makes of it, by its rules: "fail", "warning" or "success", a line
# each, with what there is to read; in $T/told, too.
told() {
	"$P/tools/b4-check" <"$1" >"$T/said" 2>"$T/complained"
	status=$?
	{
		sed '/ERROR:/s/^/fail /; /ERROR:/!s/^/warning /' "$T/said"
		sed 's/^/fail /' "$T/complained"
		if [ ! -s "$T/said" ] && [ ! -s "$T/complained" ]; then
			[ "$status" -eq 0 ] && echo success || echo "fail $status"
		fi
	} | tee "$T/told"
}
only() { [ "$(wc -l <"$T/told")" -eq 1 ] && grep "^$1$" "$T/told"; } # LINE
mail=$T/mail
# As b4 writes it: other headers, and no line that begins a mailbox.
as_sent() { sed '1d; s|^Subject: \[PATCH|&  v3 1/1|; /^-- $/,$d' "$1"; }

as_sent "$P"/patches/alpha/0002-* >"$mail"
ok 'a patch of which all is well' told "$mail"
ok 'is a success' only success
sed 's/^@@ -17,7 +17,7 @@/@@ -19,7 +19,7 @@/' "$mail" >"$T/moved"
ok 'that applies elsewhere' told "$T/moved"
ok 'is a success, too' only success
sed 's/^+twenty$/+twenty one/; s/^+\(.*\)twenty/+\1twenty one/' "$mail" >"$T/other"
ok 'another diff' told "$T/other"
ok 'fails' only 'fail ERROR: no patch of the stack has this diff, so nothing is known of it'
sed 's/^For a reason/For another reason/' "$mail" >"$T/other"
ok 'another message' told "$T/other"
ok 'is a warning' only 'warning WARNING: alpha/2: mail and style are about another subject or message'
sed 's/^Subject: .*/Subject: [PATCH] kernel: other/' "$mail" >"$T/other"
ok 'another subject' told "$T/other"
ok 'is a warning, too' only 'warning WARNING: alpha/2: mail and style are about another subject or message'
echo hello >"$T/other"
ok 'what is no patch' told "$T/other"
ok 'fails by name' only 'fail stack: input: there is no diff in the mail on standard input'
: >"$T/other"
ok 'nothing' told "$T/other"
ok 'does, too' only 'fail stack: input: b4-check wants a patch as a mail on standard input'

# Verdicts that are not well.
sed -i 's/^For a reason.*/For a reason that is much too long for one line of a message, which ends at column 75/' \
	"$P"/patches/alpha/0001-*
as_sent "$P"/patches/alpha/0001-* >"$mail"
ok 'a patch that is not judged' told "$mail"
ok 'is a warning' only 'warning WARNING: alpha/1: 2 of [0-9]* checks are not judged; make test judges them'
stack prove >"$T/out" 2>&1
ok 'one that failed' told "$mail"
ok 'is a failure' only 'fail ERROR: alpha/1 mail: fail (style): a line of .*; make explain POINT=alpha/1 CHECK=mail'
printf '%s\n' 'Issue: alpha/1 mail' 'Says: a line of' 'Until: 2999-01-01' \
	'Link: https://example.org/' 'Reason: ERROR: Nobody minds.' >"$P/configs/known-issues"
ok 'a known issue' told "$mail"
ok 'is a warning' only 'warning WARNING: alpha/1 mail: warn (style); make explain POINT=alpha/1 CHECK=mail'
as_sent "$P"/patches/alpha/0002-* >"$mail"
ok 'and the patch above it' told "$mail"
ok 'is a success' only success
restore
sed -i 's/^line 7/line 8/; /^ line 7/s/7/8/' "$P"/patches/alpha/0001-*
ok 'a stack that cannot be applied' told "$mail"
says 'fails with the reason' '^fail stack: apply: '
restore

# The same diff twice, with its revert between: the words tell which it is.
stack checkout beta >/dev/null 2>&1
{
	sed -i '30s/.*/line 30 of one/' "$K/kernel/one.c"
	git -C "$K" commit -q -s -a -m 'kernel/one.c: say it as before' -m 'For a reason.'
	edit kernel/one.c 30 thirty
	git -C "$K" commit -q -s --amend -m 'kernel/one.c: say thirty BADSTYLE' -m 'For a reason.'
	sed -i 's/^Parts: 1/Parts: 3/' "$P/series/beta/meta"
	stack refresh beta && stack prove
} >"$T/out" 2>&1
sed -i 's/^For a reason.*/For a reason that is much too long for one line of a message, which ends at column 75/' \
	"$P"/patches/beta/0003-*
stack prove >"$T/out" 2>&1
as_sent "$P"/patches/beta/0003-* >"$mail"
ok 'a diff that is there twice' told "$mail"
says 'is that of its message' '^fail ERROR: beta/3 mail: '
as_sent "$P"/patches/beta/0001-* >"$mail"
ok 'in both places' told "$mail"
ok 'by which the other one is well' only success
restore

# b4 itself, where it has checks.
version=$(b4 --version)
if [ "$(printf '0.14\n%s\n' "$version" | sort -V | head -n 1)" = 0.14 ]; then
	git -C "$K" config b4.prep-perpatch-check-cmd "$P/tools/b4-check"
	git -C "$K" checkout -q -b prep stack/alpha
	cd "$K" || exit 1
	ok 'b4 prep' user b4 --offline-mode prep -e base
	ok 'b4 prep --check' user b4 --offline-mode prep --check
	says 'asks b4-check' 'Success: 2, Warning: 0, Error: 0'
else
	skip 'b4 itself' "b4 $version has no checks, 0.14 has"
fi
finish
