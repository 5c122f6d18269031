#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# MAINTAINERS.snippet: each F: names something that is there with the tests laid,
# and get_maintainer.pl finds no fault with the merged file.
set -u
root=$(cd "$(dirname "$0")/../../.." && pwd)
K=$root/build/linux
T=$(mktemp -d) || exit 1
trap 'rm -rf "$T"' EXIT
snippet=$root/MAINTAINERS.snippet
count=0
bad=0

result() { # STATUS DESCRIPTION
	count=$((count + 1))
	[ "$1" -eq 0 ] && echo "ok $count - $2" && return
	bad=$((bad + 1))
	echo "not ok $count - $2"
	sed 's/^/# /' "$T/out"
}

cat >"$T/look" <<'EOF'
# usage: look SNIPPET DIR, in the tree with the tests laid: say which F: matches
# nothing, then compare what get_maintainer.pl says of a tree of links without and
# with the snippet.
for pattern in $(sed -n 's/^F:[ \t]*//p' "$1"); do
	ls -d $pattern >/dev/null 2>&1 || echo "no file matches: $pattern"
done
mkdir "$2/tree" && ln -s "$PWD"/* "$PWD/.git" "$2/tree" && cd "$2/tree" || exit 1
warnings() { ./scripts/get_maintainer.pl --self-test=sections | sed 's/^[^ ]* //' | sort; }
warnings >"$2/before"
{ sed '/^THE REST$/,$d' MAINTAINERS; cat "$1"; echo
sed -n '/^THE REST$/,$p' MAINTAINERS; } >"$2/merged"
ln -sf "$2/merged" MAINTAINERS
warnings >"$2/after"
EOF

before=$(git -C "$K" status --porcelain)
"$STACK" -C "$root" overlay run "$K" -- sh "$T/look" "$snippet" "$T" >"$T/out" 2>"$T/err"
result $? 'the tests are laid and taken out'
[ ! -s "$T/out" ]
result $? 'every F: matches'
[ -s "$T/before" ] && diff "$T/before" "$T/after" >"$T/out"
result $? 'get_maintainer.pl warns of nothing new'
[ "$(git -C "$K" status --porcelain)" = "$before" ]
result $? 'the work tree is as it was'
echo "1..$count"
[ "$bad" -eq 0 ]
