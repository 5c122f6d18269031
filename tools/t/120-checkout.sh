#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# build/linux belongs to the user: what is theirs in it stays.
. "$(dirname "$0")/lib.sh"
project
quick_b4

on() { [ "$(git -C "$K" symbolic-ref --short HEAD)" = "$1" ]; }
ok 'a series is checked out' stack checkout alpha
says 'which is said' '^build/linux is at [0-9a-f]\{12\}, branch alpha$'
ok 'as a branch of its name' on alpha
ok 'at its tip' [ "$(git -C "$K" rev-parse HEAD)" = "$(git -C "$K" rev-parse stack~1)" ]
ok 'the whole stack again' stack checkout
ok 'as branch stack' on stack
fails 2 'gamma is in-base: it has no commits' 'a series that the base has cannot be' stack checkout gamma
fails 2 'no series "nosuch"' 'nor one that is not there' stack checkout nosuch

# Uncommitted changes.
echo mine >>"$K/kernel/two.c"
echo mine >"$K/kernel/mine.c"
mine() { grep -q '^mine$' "$K/kernel/two.c" && grep -q '^mine$' "$K/kernel/mine.c"; }
ok 'apply with changed files in build/linux' stack apply
ok 'leaves them' mine
ok 'checkout carries them along' stack checkout alpha
ok 'as git does' mine
echo mine >>"$K/kernel/one.c"
fails 1 'kernel/one.c' 'but not where they would be lost' stack checkout beta
ok 'and stays' on alpha
ok 'with them' mine
git -C "$K" checkout -q kernel/one.c

# The stack below the user's changes moves.
ok 'back to the stack' stack checkout
patch_alpha() { # TEXT: alpha's second patch by hand
	sed -i "s/^+twenty.*/+$1/" "$P"/patches/alpha/0002-*.patch
}
patch_alpha 'twenty and more' && stack refresh >"$T/out" 2>&1
ok 'changed files stay when other files move' stack apply
ok 'as they are' mine
ok 'the stack moved' [ "$(sed -n 20p "$K/kernel/one.c")" = 'twenty and more' ]
sed -i '50s/.*/mine/' "$K/kernel/one.c"
patch_alpha twenty && stack refresh >"$T/out" 2>&1
ok 'changes of a file that would move' stack apply
says 'keep the work tree where it is' 'left as it is: its branch "stack" holds changes of yours'
ok 'with all changes' [ "$(sed -n 50p "$K/kernel/one.c")" = mine ]
ok 'while the stack itself moved' at_tip
git -C "$K" checkout -q kernel/one.c
ok 'without them' stack apply
ok 'the work tree follows' [ "$(git -C "$K" rev-parse HEAD)" = "$TIP" ]

touch -d '+1 hour' "$K/kernel/one.c"
patch_alpha 'twenty and more' && stack refresh >"$T/out" 2>&1
ok 'a file that was only touched' stack apply
ok 'is none that was changed' [ "$(sed -n 20p "$K/kernel/one.c")" = 'twenty and more' ]
patch_alpha twenty && stack refresh >"$T/out" 2>&1 && stack apply >"$T/out" 2>&1

# A branch of the user's.
git -C "$K" checkout -q -b mine && git -C "$K" add -A && git -C "$K" commit -q -m mine
own=$(git -C "$K" rev-parse HEAD)
ok 'apply with a branch of the user'\''s checked out' stack apply
says 'says so' 'build/linux is on a branch of yours'
ok 'and leaves it alone' [ "$(git -C "$K" rev-parse HEAD mine)" = "$own
$own" ]
ok 'checkout of the stack' stack checkout
ok 'leaves it too' [ "$(git -C "$K" rev-parse mine)" = "$own" ]

# Commits on a series' branch.
stack checkout alpha >"$T/out" 2>&1
edit kernel/two.c 5 five
own=$(git -C "$K" rev-parse HEAD)
ok 'checkout of a branch with work' stack checkout alpha
says 'says that it has some' 'branch alpha in build/linux holds work of yours'
ok 'and leaves it' [ "$(git -C "$K" rev-parse alpha)" = "$own" ]
ok 'apply too' stack apply
ok 'with the stack as it was' at_tip
ok 'the branch still there' [ "$(git -C "$K" rev-parse alpha)" = "$own" ]

# Detached, half a rebase, a lost branch.
git -C "$K" checkout -q --detach base
ok 'apply with a detached HEAD' stack apply
ok 'leaves it there' [ "$(git -C "$K" rev-parse HEAD)" = "$BASE" ]
git -C "$K" branch -q -D stack alpha
ok 'deleted branches' stack checkout
ok 'come back' on stack
ok 'clean' [ -z "$(git -C "$K" status --porcelain)" ]

# A series that is no longer there.
rm -rf "$P/series/beta" "$P/patches/beta"
printf 'gamma\nalpha\n' >"$P/series/order"
ok 'without beta' stack apply
ok 'its branch goes' [ -z "$(git -C "$K" for-each-ref refs/remotes/stack/beta)$(git -C "$P/build/apply" for-each-ref refs/heads/beta)" ]
ok 'and its commits are off the stack' [ "$(git -C "$K" rev-list --count base..stack)" -eq 2 ]
restore
ok 'put back, it is as before' stack apply
ok 'to the id' at_tip

# Another place for the cache: the work tree must not hang on the old one.
mv "$XDG_CACHE_HOME" "$T/moved"
export XDG_CACHE_HOME="$T/moved"
ok 'a cache that moved is found' stack apply
ok 'by build/linux too' git -C "$K" fsck --no-dangling --connectivity-only
rm -rf "$T/moved/linux-series/linux.git/objects/pack"
ok 'a damaged one is filled again' stack apply
ok 'as it was' at_tip
ok 'with all objects' git -C "$K" fsck --no-dangling --connectivity-only

# Half-made repositories, inside this one that is whole.
rm -rf "$K/.git/refs" "$K/.git/packed-refs" "$P/build/apply/.git/HEAD"
ok 'a repository that git knows no more is made anew' stack apply
ok 'inside build, not around it' at_tip
ok 'and nothing comes into the project'\''s own' clean_project
git init -q "$T/around" && git -C "$T/around" commit -q --allow-empty -m 'a home that is a repository'
mkdir -p "$T/around/linux-series/linux.git" && XDG_CACHE_HOME=$T/around
ok 'nor does a half-made cache write into one around it' stack apply
ok 'which stays as it was' [ "$(git -C "$T/around" for-each-ref | wc -l)" -eq 1 ]
for lock in refs/heads/stack.lock refs/heads/beta.lock packed-refs.lock config.lock; do
	: >"$P/build/apply/.git/$lock"
done
touch "$P/series/alpha/cover" && echo more >>"$P/series/alpha/cover"
ok 'locks of a killed git are no obstacle' stack apply
rm -rf "$K" && mkdir -p "$K/.git" && : >"$K/.git/HEAD.lock" && : >"$K/.git/config.lock"
ok 'nor where the first checkout did not end' stack apply
ok 'which is made whole' at_tip
mkdir -p "$T/locked/linux-series/linux.git" && : >"$T/locked/linux-series/linux.git/config.lock"
XDG_CACHE_HOME=$T/locked
ok 'nor in the cache' stack apply

fails 2 'checkout takes no "beta"' 'too many words are refused' stack checkout alpha beta
finish
