#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Patches that do not apply, or are none; see also patch_test.c.
. "$(dirname "$0")/lib.sh"
project
quick_b4
A1=$P/patches/alpha/0001-kernel-one.c-say-ten.patch
A2=$P/patches/alpha/0002-kernel-one.c-say-twenty.patch
B1=$P/patches/beta/0001-kernel-one.c-say-thirty.patch

# after: what holds after each refusal.
after() {
	ok '... nothing moved' at_tip
	restore
	ok '... and the next run is whole' stack apply
}

sed -i 's/^ line 19 of one/ line neunzehn/' "$A2"
fails 5 "apply: $A2 does not apply" 'context that is not there' stack apply
says 'names file, hunk and line' '^  kernel/one.c, hunk 1 of 1 (line 17 of the patch) expects from line 17:$'
says 'what the patch expects' '^    |line neunzehn$'
says 'and what the tree has' '^    |line 19 of one$'
ok 'in as many lines as it takes' [ "$(grep -c '^    |' "$T/err")" -eq 14 ]
after
sed -i 's/^-line 30 of one/-line thirty/' "$B1"
fails 5 "apply: $B1 does not apply" 'a line to remove that is not there' stack apply
says 'there too' '^    |line 30 of one$'
after
sed -i 's/^@@ -27,7 +27,7 @@.*/@@ -270,7 +270,7 @@/; s/^ line 27 of one/ line 270/' "$B1"
fails 5 'hunk 1 of 1 (line 17 of the patch) expects from line 270' 'a hunk beyond the end' stack apply
says 'which is told' '^    (the file ends at line 60)$'
after
cat >>"$B1" <<-EOF
	diff --git a/kernel/two.c b/kernel/two.c
	--- a/kernel/two.c
	+++ b/kernel/two.c
	@@ -1,2 +1,2 @@
	-line 1 of two
	+one
	 line 2 of two
	@@ -9,2 +9,2 @@
	-line 9 of 2
	+nine
	 line 10 of two
EOF
fails 5 '^  kernel/two.c, hunk 2 of 2 (line [0-9]* of the patch) expects from line 9:' 'the second hunk of the second file' stack apply
after
sed -i 's,kernel/one.c,kernel/eins.c,g' "$B1"
fails 5 "apply: $B1 does not apply: error: kernel/eins.c: does not exist in index" 'a file that is not there' stack apply
after
sed -i '/^diff/,$d' "$B1" && cat >>"$B1" <<-EOF
	diff --git a/kernel/two.c b/kernel/two.c
	new file mode 100644
	--- /dev/null
	+++ b/kernel/two.c
	@@ -0,0 +1 @@
	+two
EOF
fails 5 "apply: $B1 does not apply: error: kernel/two.c: already exists in index" 'a new file that is there' stack apply
after
cp "$A1" "$B1"
fails 5 "apply: $B1 does not apply" 'a patch that is applied already' stack apply
says 'shows that' '^    |ten$'
after
sed -i '/^diff/,$d' "$B1" && cat >>"$B1" <<-EOF
	diff --git a/scripts/link/x b/scripts/link/x
	new file mode 100644
	--- /dev/null
	+++ b/scripts/link/x
	@@ -0,0 +1 @@
	+x
EOF
fails 5 "apply: $B1 does not apply" 'a file beyond a symlink of the kernel' stack apply
after

# What does not read as a patch is said before anything is applied.
unread() { # PATTERN DESCRIPTION
	fails 4 "stack: input: $1" "$2" stack apply
	after
}
sed -i '$d' "$B1"
unread "$B1:17: a hunk that is cut short: \"@@ -27,7 +27,7 @@" 'a patch that lost its last line'
head -c $(($(stat -c %s "$A1") - 30)) "$A1" >"$T/cut" && cp "$T/cut" "$A1"
unread "$A1:[0-9]*: a hunk that is cut short" 'a truncated one'
: >"$A1"
unread "$A1: empty" 'an empty one'
sed -i 's/$/\r/' "$A2"
unread "$A2:" 'one with lines of another system'
sed -i 's,kernel/one.c,../../one.c,g' "$B1"
unread "$B1:[0-9]*: a path that leaves the tree" 'a path that leaves the tree'
sed -i 's,[ab]/kernel/one.c,/etc/passwd,g' "$B1"
unread "$B1:[0-9]*: not \"diff --git a/PATH b/PATH\"" 'an absolute one'
sed -i 's,^index.*,& \nold mode 100644\nnew mode 120000,' "$B1"
unread "$B1:[0-9]*: a symlink" 'a symlink in a patch'
# shellcheck disable=SC2016
sed -i 's,kernel/one.c,kernel/$(touch$IFS"pwned").c,g' "$B1"
unread "$B1:[0-9]*: a path with a character that no path of the kernel has" 'a path with words for a shell'
sed -i "s,kernel/one.c,kernel/\x1b[2J\x1b]0;x\x07.c,g" "$B1"
unread "$B1:[0-9]*: a path with a .* a/kernel/.x1b\[2J.x1b\]0;x.x07.c" 'a path with words for a terminal'
sed -i 's/^@@ -27,7 +27,7 @@/@@ -27,2147483647 +27,2147483647 @@/' "$B1"
unread "$B1:17: a hunk that is cut short" 'a hunk of more lines than there are'
sed -i 's/^@@ -27,7 +27,7 @@/@@ -27,99999999999999999999 +27,7 @@/' "$B1"
unread "$B1:17: not a hunk header" 'a hunk of more lines than there can be'
rm "$B1" && ln -s "$A1" "$B1"
unread "$B1: a symlink" 'a patch that is one'
rm "$B1" && mkdir "$B1" && touch "$B1/x"
unread "$B1: not a regular file" 'one that is a directory'
rm "$B1" && mkfifo "$B1"
unread "$B1: not a regular file" 'one that is a pipe'

# Words for a shell where any word may stand are words.
# shellcheck disable=SC2016
sed -i 's/^Subject: .*/Subject: [PATCH] one: $(touch pwned) `touch pwned`; touch pwned/
	s/^For a reason.*/$(touch pwned) `touch pwned`; touch pwned/' "$B1"
ok 'a message with words for a shell' stack apply
git -C "$K" log -1 --format=%B stack >"$T/message"
ok 'is applied as it is' [ "$(grep -c '`touch pwned`' "$T/message")" -eq 2 ]
ok 'and no shell has read it' [ -z "$(find "$T" . -name pwned)" ]
restore
ok 'back' stack apply

# b4 and git say what only they see.
fake b4 <<-'EOF'
	echo 'CRITICAL: no idea' >&2
	exit 1
EOF
rm -rf "$P/build/apply"
fails 5 'b4 am refuses the mailbox of alpha (.*/build/mbox/alpha.mbx): CRITICAL: no idea' 'b4 that refuses' faked stack apply
fake b4 <<-'EOF'
	exit 0
EOF
fails 5 'b4 am refuses the mailbox of alpha' 'b4 that does nothing' faked stack apply
b4=$(command -v b4)
fake b4 <<-EOF
	for last; do :; done
	"$b4" "\$@" || exit
	awk '/^From / { n++ } n < 2' "\$6/\$last.mbx" >"\$6/x" && mv "\$6/x" "\$6/\$last.mbx"
EOF
fails 5 'alpha: b4 am and git am made 1 commits of 2 patches' 'b4 that loses a patch' faked stack apply
ok 'without them all is well' stack apply
ok 'and as it was' at_tip
finish
