#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Malformed files of the project: one message, status 4, and nothing moves.
. "$(dirname "$0")/lib.sh"
project
quick_b4
cd "$P" || exit 1

# refused PATTERN DESCRIPTION [COMMAND]: after the change at hand, which is undone.
refused() {
	fails 4 "stack: input: .*$1" "$2" stack "${3:-apply}"
	if [ "$(grep -c '^stack: ' "$T/err")" -ne 1 ]; then
		result 1 "one message: $2"
	fi
	restore
}

sed -i 's/^alpha/Alpha/' series/order
refused 'series/order:2: "Alpha" is not a slug' 'a slug in capitals'
echo alpha >>series/order
refused 'series/order:4: "alpha" is named twice' 'a slug named twice'
echo ../alpha >>series/order
refused 'series/order:4: "../alpha" is not a slug' 'a slug that is a path'
echo 'delta # new' >>series/order
refused 'series/order:4: ' 'a slug with a remark'
echo stack >>series/order
refused 'series/order:4: "stack" is not a slug' 'a name that is taken'
printf 'a%.0s' $(seq 65) >>series/order
refused 'series/order:4: ' 'a slug that is too long'
echo delta >>series/order
refused 'series/delta/meta: No such file' 'a slug without a series'
sed -i '/beta/d' series/order
refused 'series/beta: not named in series/order' 'a series without a slug'
mkdir -p patches/delta && touch patches/delta/x && git add -A
refused 'patches/delta: not named in series/order' 'patches without a series'
printf 'gamma\nbeta\nalpha\n' >series/order
refused 'series/beta/meta:6: depends on "alpha", which does not stand below' 'a series below what it depends on'
rm series/order
refused 'series/order: No such file' 'no order'
rm series/order && ln -s /etc/passwd series/order
refused 'series/order: a symlink' 'an order that is a symlink'
printf 'gamma\nalp\0ha\nbeta\n' >series/order
refused 'series/order: holds a NUL' 'an order that is no text'
rm series/order && mkdir series/order
refused 'series/order: not a regular file' 'an order that is a directory'

sed -i 's/^Status: .*/Status: held/' series/alpha/meta
refused 'series/alpha/meta: Status is "held", not carried, in-base or superseded' 'an unknown status'
sed -i 's/^Version: .*/Version: v3/' series/alpha/meta
refused 'series/alpha/meta: Version is "v3", not a number' 'a version that is no number'
echo 'Inert: 3 objects' >>series/alpha/meta
refused 'series/alpha/meta:6: "3 objects" is not "<part> objects" or .* with a part from 1 to 2' 'an inert part that is not there'
echo 'Inert: 1 all' >>series/alpha/meta
refused 'series/alpha/meta:6: "1 all" is not "<part> objects"' 'another proof of inertness'
echo 'Inert: 1 test two words' >>series/alpha/meta
refused 'series/alpha/meta:6: "1 test two words" is not' 'a test that is no name'
echo 'Proof: 3 Documentation/one.rst: doc' >>series/alpha/meta
refused 'series/alpha/meta:6: "3 .*" is not "<part> <path>: <check>" with a part from 1 to 2' 'a proof of a part that is not there'
echo 'Proof: 1 Documentation/one.rst' >>series/alpha/meta
refused 'series/alpha/meta:6: "1 .*" is not "<part> <path>: <check>"' 'a proof without a check'
sed -i 's/^Parts: .*/Parts: 0/' series/alpha/meta
refused 'series/alpha/meta: Parts is "0"' 'no parts'
sed -i '/^Title/d' series/alpha/meta
refused 'series/alpha/meta: field "Title" is missing' 'no title'
sed -i '1s/$/\n and more/' series/alpha/meta
refused 'series/alpha/meta:1: field "Title" is one line' 'a title of two lines'
echo 'Tilte: x' >>series/alpha/meta
refused 'series/alpha/meta:6: unknown field "Tilte"' 'a misspelt field'
echo 'Arch: x' >>series/alpha/meta
refused 'series/alpha/meta:6: field "Arch" stands there twice (first in line 4)' 'a field twice'
echo '<<<<<<< HEAD' >>series/alpha/meta
refused 'series/alpha/meta:6: "<<<<<<< HEAD" is no "Name: value" line' 'the mark of a conflict'
echo 'Evidence: 1 present Makefile: VERSION' >>series/alpha/meta
refused 'Status is carried, so there is nothing to give Evidence of' 'evidence where there are patches'
sed -i '/^Evidence/d' series/gamma/meta
refused 'Status is in-base, so Evidence must say where' 'none where there are none'
rm series/alpha/meta
refused 'series/alpha/meta: No such file' 'no meta'
rm series/alpha/cover && ln -s ../beta/meta series/alpha/cover
refused 'series/alpha/cover: a symlink' 'a cover that is a symlink'

echo 0002-kernel-one.c-say-twenty.patch >>series/alpha/series
refused 'series/alpha/series:3: "0002-kernel-one.c-say-twenty.patch" is named twice' 'a patch named twice'
sed -i '2s/.*/0002-gone.patch/' series/alpha/series
refused '0002-kernel-one.c-say-twenty.patch is not named in .*series/alpha/series' 'a patch that is not named'
rm patches/alpha/0002-*
refused 'patches/alpha/0002-kernel-one.c-say-twenty.patch: No such file' 'a patch that is not there'
sed -i '1d' series/alpha/series && rm patches/alpha/0001-*
refused 'is patch 1 of the list; its name should begin with 0001' 'a patch that is out of number'
sed -i '1!G;h;$!d' series/alpha/series
refused 'is patch 1 of the list; its name should begin with 0001' 'patches out of order'
echo /etc/passwd >>series/alpha/series
refused 'series/alpha/series:3: "/etc/passwd" is not a patch'\''s file name' 'an absolute path'
echo ../beta/0001-kernel-one.c-say-thirty.patch >>series/alpha/series
refused 'series/alpha/series:3: "../beta/0001.*" is not a patch'\''s file name' 'a path'
echo '0003-a b.patch' >>series/alpha/series
refused 'series/alpha/series:3: ' 'a name with a blank'
echo '0003-a.patch -R' >>series/alpha/series
refused 'series/alpha/series:3: ' 'an option as quilt has them'
mv series/alpha/series x && ln -s ../../x series/alpha/series
refused 'series/alpha/series: a symlink' 'a list that is a symlink'
rm series/alpha/series
refused '0001-kernel-one.c-say-ten.patch is not named in' 'no list'
mv patches/beta beta && ln -s ../beta patches/beta
refused 'patches/beta: a symlink' 'a directory of patches that is a symlink'
mv series/beta beta && ln -s ../beta series/beta
refused 'series/beta: a symlink' 'a series that is one'
echo x >patches/alpha/0001-x.orig
refused 'patches/alpha/0001-x.orig is not named in' 'a file left lying about'
printf 'From 0000\nFrom: x <x@y>\nDate: now\nSubject: [PATCH] x\n\ndiff --git a/x b/x\n' >series/gamma/series
refused 'series/gamma/series:1: ' 'patches of a series that the base has'
echo 0001-x.patch >series/gamma/series && mkdir patches/gamma && cp patches/beta/0001* patches/gamma/0001-x.patch
refused 'the base has this series (Status: in-base), so it has no patches' 'even good ones'

# The way out that the message names works.
for damage in '1s/parent/part/' '1s/.$//' '2s/^./x/' '2s/ .*//' '3s/^/  /' '1i<<<<<<< HEAD'; do
	sed -i "$damage" series/alpha/lock
	fails 4 'series/alpha/lock:[123]: .*; remove it, then `make refresh` writes it anew' \
		"a lock with $damage" stack apply
	rm series/alpha/lock
	ok 'can be made anew' stack refresh alpha
	ok 'as it was' clean_project
done
: >series/alpha/lock
refused 'series/alpha/lock: empty' 'an empty lock'
rm series/alpha/lock && ln -s ../beta/lock series/alpha/lock
refused 'series/alpha/lock: a symlink' 'a lock that is a symlink'

bad_pin() { # FIELD VALUE
	sed -i "s|^$1: .*|$1: $2|" configs/pin
	refused "configs/pin: $1 is \"$2\", not" "a pin with $1 $2"
}
bad_pin Sha256 "$(printf 'g%.0s' $(seq 64))"
bad_pin Sha256 0123
bad_pin Tree HEAD
bad_pin Tree "${TREE}0"
bad_pin Commit "$(echo "$BASE" | cut -c1-39)"
bad_pin Date 2023-11-14
bad_pin Date '1700000000 +0100'
bad_pin Version ../9.1.2
sed -i '/^Upstream/d' configs/pin
refused 'configs/pin: field "Upstream" is missing' 'a pin without Upstream'
rm configs/pin
refused 'configs/pin: No such file' 'no pin'
sed -i "s/^Commit: ./Commit: 0/;s/^Commit: 0\(.\)/Commit: 00/" configs/pin
rm -rf "$XDG_CACHE_HOME"
refused 'configs/pin: Commit is 00' 'a pin of another commit'
sed -i 's/^Email: .*/Email: other@example.org/' configs/identity
refused 'Date and configs/identity make it' 'and an identity that makes another'
echo 'Phone: 1' >>configs/identity
refused 'configs/identity:3: unknown field' 'a malformed identity'
rm configs/identity
fails 2 'is no patch-series tree: configs/identity is not there' 'no identity' stack apply
restore
fails 2 'nowhere: No such file' 'no project' "$STACK" -C "$T/nowhere" apply
fails 2 'set HOME or XDG_CACHE_HOME' 'no place for the cache' env -u HOME XDG_CACHE_HOME=relative "$STACK" -C "$P" apply
fails 2 'unknown command "aply"' 'a misspelt command' stack aply
fails 2 'usage: stack' 'none' stack
fails 2 'usage: stack' 'an unknown option' stack -x

# Evidence.
evidence() { # EVIDENCE...: instead of gamma's
	sed -i '/^Evidence/d' series/gamma/meta
	printf 'Evidence: %s\n' "$@" >>series/gamma/meta
}
untrue() { # EVIDENCE PATTERN DESCRIPTION
	evidence "$1"
	fails 1 "failed: .*series/gamma/meta:6: $2" "$3" stack apply
	restore
}
untrue '1 absent kernel/one.c: line 7 of' '"line 7 of" is in kernel/one.c of the base' 'what is there is not absent'
untrue '1 present kernel/one.c: line 61 of' '"line 61 of" is not in kernel/one.c of the base' 'what is not there is not present'
untrue '1 present kernel/no.c: line 7 of' 'the base has no file kernel/no.c' 'nor is anything in no file'
untrue '1 absent kernel/no.c: line 7 of' 'the base has no file kernel/no.c' 'or absent from it'
untrue '1 absent kernel: one.c' 'the base has no file kernel' 'a directory is no file'
evidence '1 present kernel/one.c: line 7 of one
 line 8 of'
ok 'lines that follow each other' stack apply
restore
evidence '1 present kernel/one.c: line 7 of one
 line 9 of'
fails 1 'is not in kernel/one.c' 'have to' stack apply
restore
for line in 'present kernel/one.c: line' '0 present kernel/one.c: line' '2 present kernel/one.c: line' \
	'1 kernel/one.c: line' '1 present kernel/one.c' '1 present kernel/one.c:line' '1 present : line' \
	'1 perhaps kernel/one.c: line' 'one present kernel/one.c: line'; do
	evidence "$line"
	refused "series/gamma/meta:6: \"$line\" is not" "malformed evidence: $line"
done
sed -i 's/^Parts: 1/Parts: 2/' series/gamma/meta
refused 'part 2 of 2 has no Evidence' 'a part without evidence'

ok 'after all that the stack is applied' stack apply
ok 'as it was' at_tip
finish
