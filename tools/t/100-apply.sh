#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The main job: the stack on the base, the same on every machine.
. "$(dirname "$0")/lib.sh"
unset FIXTURE
project

tip=$(git -C "$K" rev-parse stack)
ok 'the stack is applied and shown' stack apply
says 'every series has its row' '^gamma  *v3  *1  *in-base  *-'
says 'a carried one with its tip' "^beta .*1/1  *carried  *$(echo "$tip" | cut -c1-12)"
ok 'the base commit is the pinned one' [ "$(git -C "$K" rev-parse base)" = "$BASE" ]
ok 'three points stand on it' [ "$(git -C "$K" rev-list --count base..stack)" -eq 3 ]
ok 'the work tree has the last one' [ -z "$(git -C "$K" status --porcelain)" ]
ok 'the last tree is the lock'\''s' grep -q "^$(git -C "$K" rev-parse stack^{tree}) " "$P/series/beta/lock"
ok 'committer is author' [ "$(git -C "$K" log -1 --format='%cn %ce %ct' stack)" = \
	"$(git -C "$K" log -1 --format='%an %ae %at' stack)" ]

again() { (
	# Another user, place, time zone, language and configuration.
	export XDG_CACHE_HOME="$T/other-cache" HOME="$T/other-home"
	export TZ=Asia/Tokyo LANG=de_DE.UTF-8 LC_ALL=de_DE.UTF-8 EMAIL=x@example.org
	unset GIT_CONFIG_NOSYSTEM GIT_CONFIG_GLOBAL
	export GIT_AUTHOR_NAME=X GIT_COMMITTER_EMAIL=x@example.org GIT_DIR=/nowhere
	mkdir -p "$HOME"
	cat >"$HOME/.gitconfig" <<-EOF
	[user]
		name = Somebody Else
		email = else@example.org
	[am]
		threeWay = true
	[core]
		autocrlf = true
		hooksPath = /nowhere
	[diff]
		noprefix = true
		algorithm = patience
	[b4]
		linkmask = https://example.org/%s
	[format]
		signOff = true
	EOF
	umask 077
	cp -r "$P" "$T/elsewhere" && rm -rf "$T/elsewhere/build" &&
		cd "$T/elsewhere" && "$STACK" apply && "$STACK" refresh
); }
ok 'a clone elsewhere is applied' again
ok 'to the same commit id' [ "$(git -C "$T/elsewhere/build/linux" rev-parse stack)" = "$tip" ]
ok 'and refresh changes nothing there' [ -z "$(git -C "$T/elsewhere" status --porcelain)" ]

rm -rf "$P/build/linux/.git/refs/put"
ok 'a half-made work tree is made whole' stack apply
rm -rf "$XDG_CACHE_HOME"
ok 'a lost cache is filled again' stack apply
ok 'with the same stack' [ "$(git -C "$K" rev-parse stack)" = "$tip" ]
ok 'that works' git -C "$K" fsck --no-dangling
unset KERNEL_TARBALL
ok 'with the base in the cache no tarball is needed' stack apply
finish
