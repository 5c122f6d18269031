#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Where the kernel comes from: what is the pinned one is taken, the rest is not.
. "$(dirname "$0")/lib.sh"
project
quick_b4

good=$KERNEL_TARBALL
# A cache of its own for each; what was applied on the base before need not be again.
cold() { XDG_CACHE_HOME=$(mktemp -d "$T/cache.XXXXXX"); }
has_base() {
	[ "$(git --git-dir="$XDG_CACHE_HOME/linux-series/linux.git" rev-parse "base-$TREE")" = "$BASE" ] && at_tip
}
# taken DESCRIPTION and refused PATTERN DESCRIPTION: the kernel as it is given now.
taken() {
	cold
	ok "$1" stack apply
	ok '... the same base' has_base
}
refused() {
	cold
	fails 6 "stack: source: .*$1" "$2" stack apply
	if [ "$(grep -c '^stack: ' "$T/err")" -ne 1 ]; then
		result 1 "one message: $2"
	fi
}
then_good() { # in the same cache
	KERNEL_TARBALL=$good
	ok '... a good one goes on from there' stack apply
	ok '... the same base' has_base
}
tree() { # a copy of the kernel to change
	rm -rf "$T/linux-x" && cp -a "$T/linux-9.1.2" "$T/linux-x"
}
changed() { # as a tarball
	tarball "$T/linux-x" "$T/x.tar.xz"
	KERNEL_TARBALL=$T/x.tar.xz
}

tree && head -c 4000000 /dev/urandom >"$T/linux-x/kernel/random.c" && tarball "$T/linux-x" "$T/big.tar.gz"
head -c 2000000 "$T/big.tar.gz" >"$T/cut.tar.gz"
KERNEL_TARBALL=$T/cut.tar.gz
refused 'cut.tar.gz: cannot be read beyond file [0-9]*: .*; fetch it again' 'a tarball cut in the middle'
rm "$T/big.tar.gz"
for size in $(($(stat -c %s "$good") / 2)) $(($(stat -c %s "$good") - 20)) 40 6; do
	head -c $size "$good" >"$T/cut.tar.xz"
	KERNEL_TARBALL=$T/cut.tar.xz
	refused 'cut.tar.xz: no tarball, or not all of it: .*; fetch it again' "one cut at $size bytes"
done
then_good
xz -dc "$good" >"$T/all.tar"
KERNEL_TARBALL=$T/all.tar
taken 'an uncompressed one is as good'
xz -dc "$good" | gzip >"$T/all.tar.gz"
KERNEL_TARBALL=$T/all.tar.gz
taken 'a gzipped one too'
head -c $(($(stat -c %s "$T/all.tar") / 2)) "$T/all.tar" >"$T/cut.tar"
KERNEL_TARBALL=$T/cut.tar
refused 'cut.tar' 'but not when it is cut'
head -c 1024 "$T/all.tar" >"$T/cut.tar"
refused 'cut.tar' 'not even between files'
KERNEL_TARBALL=$T/out
echo nonsense >"$T/nonsense.tar.xz"
KERNEL_TARBALL=$T/nonsense.tar.xz
refused 'nonsense.tar.xz: no tarball' 'no tarball at all'
then_good
: >"$T/empty.tar.xz"
KERNEL_TARBALL=$T/empty.tar.xz
refused 'empty.tar.xz: no tarball' 'an empty file'
KERNEL_TARBALL=$T/home
refused "$T/home: " 'a directory'
KERNEL_TARBALL=$T/nowhere.tar.xz
refused 'nowhere.tar.xz: No such file' 'no file'
tree && rm "$T/linux-x/Makefile" && changed
refused 'no kernel source in it (no Makefile' 'a tarball of something else'
tree && echo 'all:' >"$T/linux-x/Makefile" && changed
refused 'its Makefile is not the kernel' 'of another project'
tree && sed -i 's/^SUBLEVEL.*/SUBLEVEL = 3/' "$T/linux-x/Makefile" && changed
refused 'holds Linux 9.1.3; the pin is Linux 9.1.2' 'of another version'
sed -i 's/^EXTRAVERSION.*/EXTRAVERSION = -rc1/; s/^SUBLEVEL.*/SUBLEVEL = 2/' "$T/linux-x/Makefile" && changed
refused 'holds Linux 9.1.2-rc1' 'of a version that only begins so'
tree && printf 'x' >>"$T/linux-x/kernel/two.c" && changed
refused 'x.tar.xz is not the pinned tree of Linux 9.1.2' 'one byte more'
says 'is said where' '^  differs: kernel/two.c$'
says 'and what to do' 'KERNEL_ANY=1'
then_good
KERNEL_TARBALL=$T/x.tar.xz
export KERNEL_ANY=1
ok 'the user may insist' stack apply
says 'is told what that means' 'not the pinned tree, so locks and evidence are not compared'
ok 'and has it' [ "$(git -C "$K" show stack:kernel/two.c | tail -n 1)" = x ]
ok 'base is that one' [ "$(git -C "$K" rev-parse base)" = "$(git -C "$K" rev-parse stack~3)" ]
unset KERNEL_ANY
then_good
ok 'base again' [ "$(git -C "$K" rev-parse base)" = "$BASE" ]
tree && rm "$T/linux-x/kernel/one.c" && echo 'x' >"$T/linux-x/kernel/three.c" && chmod -x "$T/linux-x/scripts/run" && changed
refused 'is not the pinned tree' 'several differences'
ok 'are all told' [ "$(sed -n 's/^  \(.*: \)/\1/p' "$T/err" | sort | tr '\n' ' ')" = \
	'added: kernel/three.c differs: scripts/run missing: kernel/one.c ' ]
tree && mkdir -p "$T/linux-x/lib/deep/er" && echo x >"$T/linux-x/lib/deep/er/x.c" && changed
refused 'is not the pinned tree' 'a deep one'
says 'is told by its directory' '^  added: lib/deep/$'
tree && for i in $(seq 30); do echo x >"$T/linux-x/kernel/x$i.c"; done && changed
refused 'is not the pinned tree' 'many'
says 'are counted' '^  and 10 more$'
tree && mkdir -p "$T/linux-x/drivers/net" && echo 'unsigned char' >"$T/linux-x/drivers/net/blob.h" && changed
taken 'kernel.org'\''s tarball with what Debian leaves out'
tree && changed
taken 'a directory of another name'
(cd "$T" && tar --transform 's,^,./,' -caf evil.tar.xz linux-9.1.2/Makefile && : >passwd &&
	tar -P --transform 's,^passwd,linux/../../passwd,' -caf evil.tar.xz passwd)
KERNEL_TARBALL=$T/evil.tar.xz
refused 'an odd path, ".*passwd"' 'a path out of the tree'

# From git.
unset KERNEL_TARBALL
tree && rm -rf "$T/linux-x/.git" && mkdir -p "$T/linux-x/drivers/net" && echo blob >"$T/linux-x/drivers/net/blob.h"
git -C "$T/linux-x" init -q -b main && git -C "$T/linux-x" add -A -f && git -C "$T/linux-x" commit -q -m one &&
	git -C "$T/linux-x" tag v9.1.2 && git -C "$T/linux-x" tag -a -m annotated v9.1.2-a &&
	echo more >>"$T/linux-x/kernel/two.c" && git -C "$T/linux-x" commit -q -a -m two
export KERNEL_GIT=$T/linux-x KERNEL_REV=v9.1.2
taken 'a tag of a git repository'
KERNEL_REV=v9.1.2-a
taken 'an annotated one'
KERNEL_REV=$(git -C "$T/linux-x" rev-parse HEAD~1)
taken 'a commit'
KERNEL_REV=main
refused 'linux-x is not the pinned tree' 'a branch with one commit more'
says 'is told what' 'differs: kernel/two.c'
KERNEL_REV=v9.1.2
ok 'the right one goes on from there' stack apply
ok 'the same base' has_base
KERNEL_REV=v0
refused "git fetch in .*v0" 'a tag that is not there'
KERNEL_GIT=$T/nowhere
refused "git fetch in .*nowhere" 'a repository that is not'
(cd "$P" && KERNEL_GIT=../linux-x KERNEL_REV=v9.1.2 && cold && "$STACK" apply && has_base) >"$T/out" 2>"$T/err"
result $? 'a repository by its relative path'
KERNEL_GIT=$P KERNEL_REV=HEAD
refused 'Makefile' 'one of something else'
tree && sed -i 's/^SUBLEVEL.*/SUBLEVEL = 3/' "$T/linux-x/Makefile" && git -C "$T/linux-x" init -q -b main &&
	git -C "$T/linux-x" add -A -f && git -C "$T/linux-x" commit -q -m one
KERNEL_GIT=$T/linux-x KERNEL_REV=main
refused 'main in .*linux-x is Linux 9.1.3; the pin is Linux 9.1.2' 'of another version'
export KERNEL_TARBALL=$good
cold
fails 2 'both given' 'two sources at a time' stack apply
unset KERNEL_TARBALL KERNEL_REV
fails 2 'KERNEL_GIT needs KERNEL_REV' 'no revision' stack apply
unset KERNEL_GIT
fails 2 'KERNEL_REV needs KERNEL_GIT' 'no repository' env KERNEL_REV=v1 "$STACK" -C "$P" apply
fails 2 'KERNEL_ANY goes with' 'nothing to insist on' env KERNEL_ANY=1 "$STACK" -C "$P" apply

# No network.
fake apt-get <<-'EOF'
	echo "E: Could not resolve 'deb.debian.org'" >&2
	exit 100
EOF
cold
fails 6 'cannot fetch Linux 9.1.2' 'no network' faked stack apply
says 'names what Debian'\''s archive said' "^  Debian's archive: .*E: Could not resolve 'deb.debian.org'"
says 'what kernel.org did' '^  kernel.org: curl: (37)'
says 'and what to do' 'run again when the network is there, or give KERNEL_TARBALL=<file>'
if [ ! -e /usr/share/keyrings/debian-archive-keyring.gpg ]; then
	skip 'a tarball from the archive' 'debian-archive-keyring is not installed'
	finish
fi

# Debian's archive, played by an apt-get that hands out $T/archive.
fake apt-get <<-EOF
	echo "\$@" >>"$T/apt.log"
	case \$* in
	*indextargets*)
		echo 'http://example.org/debian-security Debian'
		echo 'http://example.org/debian Debian'
		echo 'http://example.org/ubuntu Ubuntu' ;;
	*update*) cat "\${APT_CONFIG%/apt.conf}"/sources/* >"$T/sources" ;;
	*source*linux=9.1.2-1*) [ -e "$T/archive" ] || exit 100
		cp "$T/archive" linux_9.1.2.orig.tar.xz ;;
	*) exit 100 ;;
	esac
EOF
cp "$good" "$T/archive"
taken_from_debian() {
	ok "$1 gives the same stack" same_stack
}
same_stack() { faked stack apply && has_base; }
ok 'it comes back in the same cache' faked stack apply
cold
taken_from_debian 'Debian'\''s archive'
ok 'by the mirror of this machine' grep -qx 'URIs: http://example.org/debian' "$T/sources"
ok 'with Debian'\''s keyring' grep -q '^Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg' "$T/sources"
ok 'asked for source packages only' [ "$(sed -n 's/ .*//p' "$T/apt.log" | sort -u | tr '\n' ' ')" = '-q indextargets ' ]
: >"$T/apt.log"
rm -rf "$XDG_CACHE_HOME/linux-series/linux.git"
taken_from_debian 'the tarball stays in the cache'
ok 'without a word to apt' [ ! -s "$T/apt.log" ]
rm -rf "$XDG_CACHE_HOME/linux-series/linux.git"
printf 'x' >>"$XDG_CACHE_HOME/linux-series/linux_9.1.2.orig.tar.xz"
taken_from_debian 'a damaged one there is fetched again'
says 'which is said' 'linux_9.1.2.orig.tar.xz is damaged (its sha256 is not the pin.s); fetching it again'
printf 'x' >>"$T/archive"
cold
fails 6 'the tarball of linux=9.1.2-1 has another sha256 than the pin' 'a wrong one in the archive' faked stack apply
ok 'is not kept' [ -z "$(ls "$XDG_CACHE_HOME"/linux-series/*.tar* 2>/dev/null)" ]
rm "$T/archive"
cold
fails 6 "Debian's archive: apt-get source" 'none in the archive' faked stack apply

# kernel.org, played by a file.
tree && mkdir -p "$T/linux-x/drivers/net" && echo blob >"$T/linux-x/drivers/net/blob.h" && tarball "$T/linux-x" "$T/up.tar.xz"
sed -i "s|^Upstream: .*|Upstream: file://$T/up.tar.xz|" "$P/configs/pin"
cold
taken_from_debian 'kernel.org after Debian'
rm -rf "$XDG_CACHE_HOME/linux-series/linux.git" && mv "$T/up.tar.xz" "$T/up"
taken_from_debian 'its tarball stays in the cache too'
rm -rf "$XDG_CACHE_HOME/linux-series/linux.git"
head -c 300 "$T/up" >"$XDG_CACHE_HOME/linux-series/linux-9.1.2.tar.xz"
fails 6 'no tarball, or not all of it' 'a damaged one there' faked stack apply
mv "$T/up" "$T/up.tar.xz"
taken_from_debian 'is fetched anew by the next run'
finish
