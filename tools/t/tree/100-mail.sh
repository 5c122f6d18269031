#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What users do with a series of ours, with their own tools, on the real kernel:
# each way gives the trees of the lock and the commits of build/linux.
set -u
root=$(cd "$(dirname "$0")/../../.." && pwd)
K=$root/build/linux
T=$(mktemp -d) || exit 1
trap 'rm -rf "$T"' EXIT
export HOME="$T" GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL="$T/.gitconfig"
git config --global user.name "$(sed -n 's/^Name: //p' "$root/configs/identity")"
git config --global user.email "$(sed -n 's/^Email: //p' "$root/configs/identity")"
git config --global b4.shazam-am-flags --committer-date-is-author-date
count=0
bad=0

# A clone at a series' parent in which no file is checked out.
at_parent() { # SLUG
	rm -rf "$T/clone"
	git clone -q --shared --no-checkout "$K" "$T/clone" &&
		cd "$T/clone" && git config core.sparseCheckout true &&
		echo /nothing >.git/info/sparse-checkout &&
		git fetch -q origin "refs/remotes/stack/*:refs/stack/*" &&
		git checkout -q --detach "refs/stack/$1~$(wc -l <"$root/series/$1/series")"
}

by_git_am() {
	git am -q --committer-date-is-author-date "$root/patches/$1"/*.patch
}

by_b4_am() {
	mkdir -p "$T/mail" && b4 --offline-mode am -m "$root/build/mbox/$1.mbx" \
		-o "$T/mail" -n "$1" &&
		git am -q --committer-date-is-author-date "$T/mail/$1.mbx"
}

by_b4_shazam() {
	b4 --offline-mode shazam -m "$root/build/mbox/$1.mbx"
}

# Trees against the lock, then the last commit against build/linux's.
same() {
	{ echo "parent $(git rev-parse "HEAD~$(wc -l <"$root/series/$1/series")^{tree}")"
	git log --reverse --format=%T "HEAD~$(wc -l <"$root/series/$1/series").." |
		paste -d' ' - "$root/series/$1/series"; } | cmp - "$root/series/$1/lock" &&
		[ "$(git rev-parse HEAD)" = "$(git rev-parse "refs/stack/$1")" ]
}

"$STACK" -C "$root" mbox >/dev/null || exit 1
for list in "$root"/series/*/series; do
	slug=$(basename "$(dirname "$list")")
	grep -q '^Status: carried' "$root/series/$slug/meta" || continue
	for way in by_git_am by_b4_am by_b4_shazam; do
		count=$((count + 1))
		if at_parent "$slug" >"$T/out" 2>&1 && "$way" "$slug" >>"$T/out" 2>&1 &&
			same "$slug" >>"$T/out" 2>&1; then
			echo "ok $count - $slug $way"
		else
			bad=$((bad + 1))
			echo "not ok $count - $slug $way"
			sed 's/^/# /' "$T/out"
		fi
	done
done
echo "1..$count"
[ "$bad" -eq 0 ] && [ "$count" -gt 0 ]
