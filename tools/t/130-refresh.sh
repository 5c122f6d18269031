#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Commits become patches, patches become commits, and locks follow.
. "$(dirname "$0")/lib.sh"
project
quick_b4

stamp() { (cd "$P" && find patches series configs -type f -exec stat -c '%n %y %i' {} + | sort); }
before=$(stamp)
ok 'refresh of what did not change' stack refresh
ok 'writes no file' [ "$(stamp)" = "$before" ]
ok 'refresh of one series' stack refresh alpha
ok 'neither' [ "$(stamp)" = "$before" ]
fails 2 'no series "nosuch"' 'an unknown one is refused' stack refresh nosuch

# A commit more, a commit less, another name.
stack checkout alpha >"$T/out" 2>&1
edit kernel/two.c 5 five
ok 'a third commit is written' stack refresh alpha
ok 'as a third patch' [ "$(cat "$P/series/alpha/series")" = '0001-kernel-one.c-say-ten.patch
0002-kernel-one.c-say-twenty.patch
0003-kernel-two.c-say-five.patch' ]
ok 'the series above has a new lock' [ "$(git -C "$P" diff --name-only)" = 'series/alpha/lock
series/alpha/series
series/beta/lock' ]
ok 'on the new tree' grep -q "^parent $(git -C "$K" rev-parse 'alpha^{tree}')\$" "$P/series/beta/lock"
ok 'the branch is at what was made of it' [ "$(git -C "$K" rev-parse alpha)" = "$(git -C "$K" rev-parse stack/alpha)" ]
ok 'all is applied' stack apply
before=$(stamp)
ok 'again' stack refresh
ok 'nothing changes' [ "$(stamp)" = "$before" ]
git -C "$K" reset -q --hard HEAD~2
git -C "$K" commit -q --amend -m 'one: another subject' -m 'Reason.'
ok 'two commits less, and a new subject' stack refresh alpha
ok 'is one patch' [ "$(cat "$P/series/alpha/series")" = 0001-one-another-subject.patch ]
ok 'and no other file' [ "$(ls "$P/patches/alpha")" = 0001-one-another-subject.patch ]
ok 'which applies' stack apply
git -C "$K" reset -q --hard base
ok 'all commits gone' stack refresh alpha
ok 'is no patch' [ -z "$(ls "$P/patches/alpha")$(cat "$P/series/alpha/series")" ]
ok 'which is fine' stack apply
restore
ok 'back' stack apply
ok 'to the id' at_tip

# Patches changed by hand.
sed -i 's/^+ten/+zehn/' "$P"/patches/alpha/0001-*
fails 1 'lock has drifted: 0001-kernel-one.c-say-ten.patch gives tree [0-9a-f]\{40\}, the lock says [0-9a-f]\{40\}.*make refresh SERIES=alpha' \
	'a changed patch is a drift' stack apply
ok 'nothing moved' at_tip
ok 'until it is meant' stack refresh alpha
ok 'the stack has it' stack apply
ok 'build/linux too' [ "$(git -C "$K" show stack:kernel/one.c | sed -n 10p)" = zehn ]
restore && stack apply >"$T/out" 2>&1
sed -i 's/^For a reason/For another reason/' "$P"/patches/alpha/0001-*
before=$(stamp)
ok 'a message gives the same tree, so it is no drift' stack apply
ok 'but other ids' [ "$(git -C "$K" rev-parse stack^{tree} stack)" != "$(git -C "$K" rev-parse "$TIP^{tree}" "$TIP")" ]
ok 'of the same tree' [ "$(git -C "$K" rev-parse stack^{tree})" = "$(git -C "$K" rev-parse "$TIP^{tree}")" ]
ok 'refresh' stack refresh
ok 'finds nothing to write' [ "$(stamp)" = "$before" ]
restore
sed -i 's/^parent ./parent 0/' "$P/series/beta/lock"
fails 1 'what is below the series gives tree' 'a lock of another parent is a drift' stack apply
ok 'mended by refresh' stack refresh beta
ok 'to what it was' clean_project
sed -i 's/^parent ./parent 0/' "$P/series/beta/lock"
rm -rf "$P/build"
fails 1 'what is below the series gives tree' 'a fresh clone sees that, too' stack apply
ok 'refresh mends it there' stack refresh beta
ok 'to what it was' clean_project
ok 'and the stack' stack apply
ok 'is there' at_tip
sed -i '$s/^./0/' "$P/series/beta/lock"
fails 1 '0001-kernel-one.c-say-thirty.patch gives tree' 'so is one of another tree' stack apply
sed -i '$d' "$P/series/beta/lock"
fails 1 'names other patches' 'and one of fewer patches' stack apply
rm "$P/series/beta/lock"
fails 1 'series/beta/lock is not there' 'and none' stack apply
ok 'all mended by refresh' stack refresh
ok 'to what they were' clean_project

# The same file changed on both sides.
stack checkout alpha >"$T/out" 2>&1
edit kernel/two.c 5 five
own=$(git -C "$K" rev-parse HEAD)
sed -i 's/^+ten/+zehn/' "$P"/patches/alpha/0001-*
fails 4 'patches/alpha changed since branch alpha in build/linux was made of it, and the branch changed too' \
	'patches and branch both changed' stack refresh alpha
says 'is refused with a way out' 'branch -m alpha alpha-mine'
ok 'the branch is as it was' [ "$(git -C "$K" rev-parse alpha)" = "$own" ]
ok 'the patch too' grep -q '^+zehn' "$P"/patches/alpha/0001-*
ok 'the way out: a name' git -C "$K" branch -m alpha alpha-mine
ok 'the lock' stack refresh alpha
ok 'the branch' stack checkout alpha
ok 'and over with it' git -C "$K" cherry-pick alpha-mine
ok 'works' stack refresh alpha
ok 'with both' grep -q '^+zehn' "$P"/patches/alpha/0001-*
ok 'changes' grep -q '^+five' "$P"/patches/alpha/0003-*
restore
git -C "$K" checkout -q stack && git -C "$K" branch -q -D alpha alpha-mine
stack apply >"$T/out" 2>&1

# What is no plain line of commits, and no patch that can be mailed.
stack checkout alpha >"$T/out" 2>&1
git -C "$K" checkout -q -b side HEAD~1 && edit kernel/two.c 7 seven
git -C "$K" checkout -q alpha && git -C "$K" commit -q --allow-empty -m 'nothing changes'
fails 4 '0003-nothing-changes.patch: \(empty\|no diff in it\)' 'an empty commit is refused' stack refresh alpha
git -C "$K" reset -q --hard HEAD~1
git -C "$K" checkout -q alpha && git -C "$K" merge -q side -m 'a merge'
fails 4 'branch alpha in .* holds the merge [0-9a-f]\{12\}; a series is a plain line' 'a merge is refused' stack refresh alpha
git -C "$K" reset -q --hard base~0 && git -C "$K" checkout -q --orphan alone && git -C "$K" commit -q -m alone
git -C "$K" branch -q -f alpha alone
fails 4 'branch alpha in .* does not stand on what is below the series' 'another history too' stack refresh alpha
ok 'without a change of patches' clean_project
git -C "$K" checkout -q -B alpha stack/alpha
sed -i '5s/.*/five/' "$K/kernel/two.c" && git -C "$K" commit -q -a -m 'two: five' -m 'Because.
From now on it is so.'
fails 4 'a line that an mbox takes for a new mail' 'so is a message that would break the mailbox' stack refresh alpha
ok 'before anything is written' clean_project
git -C "$K" commit -q --amend -m 'two: five' -m 'Because it is so.'
ok 'so that a better one can be' stack refresh alpha
ok 'and is applied' stack apply
git -C "$K" reset -q --hard HEAD~1
ln -s two.c "$K/kernel/three.c" && git -C "$K" add -A && git -C "$K" commit -q -m 'three: a link'
before=$(stamp)
fails 4 'a symlink' 'nor can a symlink' stack refresh alpha
ok 'be written' [ "$(stamp)" = "$before" ]
git -C "$K" reset -q --hard HEAD~1
ok 'without it' stack refresh alpha
ok 'alpha is what it was' clean_project

# Settings of the user's in build/linux.
for setting in format.signOff=true format.from=true format.attach=true diff.renames=false \
	diff.noprefix=true diff.context=1 diff.interHunkContext=99 diff.orderFile="$T/order" \
	format.subjectPrefix=RFC format.numbered=true core.abbrev=7 diff.statGraphWidth=3; do
	git -C "$K" config "${setting%%=*}" "${setting#*=}"
done
echo 'kernel/two.c' >"$T/order"
git -C "$K" mv kernel/two.c kernel/deux.c
sed -i '1s/.*/first/; 9s/.*/ninth/' "$K/kernel/deux.c" && echo '# end' >>"$K/Makefile"
git -C "$K" commit -q -a -m 'two: a rename' -m 'Reason.'
ok 'a user'\''s settings in build/linux' stack refresh alpha
ok 'do not matter' [ "$(cd "$P/patches/alpha" && sed -n 's/^From: //p;s/^Subject: //p;/^Signed/p;/^rename/p;/^diff/p;/^@@/p' 0003*)" = \
'A Tester <tester@example.org>
[PATCH] two: a rename
diff --git a/Makefile b/Makefile
@@ -2,3 +2,4 @@ VERSION = 9
diff --git a/kernel/two.c b/kernel/deux.c
rename from kernel/two.c
rename to kernel/deux.c
@@ -1,4 +1,4 @@
@@ -6,7 +6,7 @@' ]
restore
git -C "$K" checkout -q stack && git -C "$K" branch -q -D alpha
stack apply >"$T/out" 2>&1

# A series above that no longer fits.
stack checkout alpha >"$T/out" 2>&1
edit kernel/one.c 31 'thirty one'
fails 5 'patches/beta/0001-kernel-one.c-say-thirty.patch does not apply' 'a change below that breaks beta' stack refresh alpha
says 'names file and hunk' 'kernel/one.c, hunk 1 of 1 (line [0-9]* of the patch)'
ok 'alpha is written' [ "$(wc -l <"$P/series/alpha/series")" -eq 3 ]
ok 'and published' [ "$(git -C "$K" rev-parse alpha)" = "$(git -C "$P/build/apply" rev-parse alpha)" ]
fails 5 'does not apply' 'refresh of all says so too' stack refresh
says 'and how to go on' 'rebase --onto stack/alpha stack/beta~1'
sed -n 's/^  git -C build/git -C build/p' "$T/err" >"$T/hint"
ok 'two commands' [ "$(wc -l <"$T/hint")" -eq 2 ]
hint() { (
	cd "$P" || exit 1
	sh -e "$T/hint" && return
	git -C build/linux checkout --ours kernel/one.c &&
		sed -i '30s/.*/thirty/' build/linux/kernel/one.c && git -C build/linux add -A &&
		GIT_EDITOR=true git -C build/linux rebase --continue
); }
ok 'that, with the conflict resolved' hint
ok 'and its last line' stack refresh beta
ok 'make the stack whole' stack apply
ok 'with both changes' [ "$(sed -n '30,31p' "$K/kernel/one.c" | tr '\n' ' ')" = 'thirty thirty one ' ]
restore
git -C "$K" checkout -q stack && git -C "$K" branch -q -D alpha beta
stack apply >"$T/out" 2>&1

# A series that was not there.
printf 'gamma\nalpha\nnew\nbeta\n' >"$P/series/order"
meta new carried 1
ok 'a new, empty series' stack checkout new
edit kernel/two.c 40 forty
ok 'gets its first patch' stack refresh new
ok 'between two others' stack apply
ok 'four points' [ "$(git -C "$K" rev-list --count base..stack)" -eq 4 ]
restore
rm -rf "$P/series/new" "$P/patches/new"
git -C "$K" checkout -q stack && git -C "$K" branch -q -D new
ok 'and can go again' stack apply

# Not on a base that is not ours.
echo more >>"$T/linux-9.1.2/kernel/two.c"
tarball "$T/linux-9.1.2" "$T/other.tar.xz"
fails 2 'refresh writes locks, so it needs the pinned base' 'no locks are made on another base' \
	env KERNEL_ANY=1 KERNEL_TARBALL="$T/other.tar.xz" "$STACK" -C "$P" refresh
ok 'all is as at first' stack refresh
ok 'in the project' clean_project
ok 'and the stack' at_tip
finish
