#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# clean and distclean remove what can be made again, and nothing else.
. "$(dirname "$0")/lib.sh"
project
quick_b4

stack mbox >"$T/out"
ok 'clean of one series' stack clean alpha
ok 'removes its mailbox only' [ "$(cd "$P/build" && echo mbox/* apply linux)" = 'mbox/beta.mbx apply linux' ]
fails 2 'no series "nosuch"' 'of one that is not there' stack clean nosuch
echo x >"$P/precious.mbx"
fails 2 'no series "../../precious"' 'nor of a path' stack clean ../../precious
ok 'which stays' [ -e "$P/precious.mbx" ]
rm "$P/precious.mbx"
fails 2 'clean takes no "beta"' 'one at a time' stack clean alpha beta
stack checkout alpha >"$T/out" 2>&1
edit kernel/two.c 5 five && echo mine >>"$K/kernel/two.c"
ok 'clean' stack clean
ok 'leaves build/linux with all that is in it' [ "$(git -C "$K" status --porcelain)" = ' M kernel/two.c' ]
ok 'and nothing but' [ "$(ls "$P/build")" = 'linux
lock' ]
ok 'apply goes on from there' stack apply
ok 'to the same stack' at_tip
ok 'with the commit still there' [ "$(git -C "$K" log -1 --format=%s alpha)" = 'kernel/two.c: say five' ]

# distclean does not lose work.
kept() { [ -d "$K/.git" ] && [ -d "$P/build/apply" ]; }
fails 1 'build/linux has commits that are not in patches/' 'a commit stops distclean' stack distclean
says 'and is named' 'kernel/two.c: say five'
git -C "$K" checkout -q kernel/two.c
ok 'refreshed' stack refresh alpha
git -C "$K" checkout -q stack
echo mine >>"$K/kernel/two.c"
fails 1 'changes that are not committed' 'so does a change' stack distclean
says 'which is named' 'kernel/two.c'
git -C "$K" stash -q
fails 1 'has commits that are not in patches/' 'or a stash' stack distclean
git -C "$K" stash drop -q
echo mine >"$K/mine.c"
fails 1 'changes that are not committed' 'or a new file' stack distclean
rm "$K/mine.c"
git -C "$K" checkout -q --detach && git -C "$K" commit -q --allow-empty -m 'on no branch'
fails 1 'on no branch' 'or a commit on no branch' stack distclean
git -C "$K" tag mine && git -C "$K" checkout -q stack
fails 1 'on no branch' 'or one that has a tag' stack distclean
git -C "$K" tag -d mine >"$T/out"
ok 'nothing was removed' kept
fails 2 'distclean takes no "alpha"' 'it takes no series' stack distclean alpha
ok 'refreshed work is no obstacle' stack distclean
says 'the cache stays' "the kernel stays in $XDG_CACHE_HOME/linux-series"
ok 'build is gone' [ ! -e "$P/build" ]
ok 'as it says' [ -d "$XDG_CACHE_HOME/linux-series" ]
ok 'where there is nothing' stack distclean
ok 'nothing happens' [ ! -e "$P/build/linux" ]
restore
ok 'all can be made again' stack apply
ok 'to the same stack' at_tip
rm -rf "$K/.git" "$P/build/apply"
ok 'half-made trees are no obstacle either' stack distclean
finish
