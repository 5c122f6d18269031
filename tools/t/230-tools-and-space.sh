#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What the machine may lack: a tool, room on a disk, the right to write.
. "$(dirname "$0")/lib.sh"
project
quick_b4

# A directory of all programs but one.
mkdir "$T/path"
for tool in b4 git diffstat apt-get curl mv env sh sed cat python3 xz; do
	_path=$(PATH=/usr/bin:/bin command -v $tool) && ln -sf "$_path" "$T/path/$tool"
done
without() { # TOOL COMMAND...
	_tool=$1
	shift
	mv "$T/path/$_tool" "$T/$_tool.away"
	PATH=$T/path "$@"
	_got=$?
	mv "$T/$_tool.away" "$T/path/$_tool"
	return $_got
}
rm -rf "$P/build/apply"
for tool in b4 git diffstat; do
	fails 7 "infra: missing tool: $tool is not in PATH; .make setup. installs" "no $tool" without $tool stack apply
done
ok 'all of them' env PATH="$T/path" "$STACK" -C "$P" apply
ok 'give the same stack' at_tip
fake git <<-'EOF'
	echo 'fatal: out of order' >&2
	exit 128
EOF
fails 7 'git .* in .*: fatal: out of order' 'a git that fails' faked stack apply

ok 'an unwritable file' stack apply
if [ "$(id -u)" -ne 0 ]; then
	chmod a-w "$P/build"
	fails 7 'build.*Permission denied' 'a build/ that cannot be written' stack apply
	chmod u+w "$P/build"
else
	rm -rf "$P/build" && echo x >"$P/build"
	fails 7 'cannot make directory .*/build' 'a build that is a file' stack apply
	rm "$P/build"
fi
cold
rm -rf "$XDG_CACHE_HOME" && echo x >"$XDG_CACHE_HOME"
fails 7 'cannot make directory' 'a cache that is a file' stack apply
rm "$XDG_CACHE_HOME"
ok 'without it' stack apply
ok 'all is as it was' at_tip

# A limit on the size of files is a full disk that every system has.
cold
limited() { # KIB COMMAND...: its own messages come through a pipe
	_said=$( { ulimit -f "$1" && shift && "$@"; } 2>&1)
	_got=$?
	echo "$_said" >&2
	return $_got
}
tree=$T/linux-9.1.2
head -c 3000000 /dev/urandom >"$tree/kernel/random.c"
tarball "$tree" "$T/big.tar.gz"
fails 7 'File too large\|fast-import' 'no room for the kernel' \
	limited 2000 env KERNEL_ANY=1 KERNEL_TARBALL="$T/big.tar.gz" "$STACK" -C "$P" apply
ok 'with room' stack apply
ok 'it is as it was' at_tip
rm -rf "$P/build"
fails 7 'infra: git ' 'no room for anything' limited 0 "$STACK" -C "$P" apply
ok 'with room again' stack apply
ok 'it is whole' at_tip
stack checkout beta >"$T/out" 2>&1
head -c 3000 /dev/zero | tr '\0' 'x' | fold -w 60 >>"$K/kernel/two.c"
git -C "$K" commit -q -a -m 'two: grows' -m 'Much.'
fails 7 'infra: .*File too large' 'no room to write a patch' limited 2 "$STACK" -C "$P" refresh beta
ok 'leaves what was there' clean_project
ok 'with room' stack refresh beta
ok 'it is written' [ "$(wc -l <"$P/series/beta/series")" -eq 2 ]
ok 'and applied' stack apply

# A file system that is too small.
small() { # DIR COMMAND...: with a file system of 8 MiB there
	unshare -rm sh -c 'mount -t tmpfs -o size=8m small "$1" && shift && "$@"' sh "$@"
}
mkdir "$T/small"
if ! small "$T/small" true 2>"$T/err"; then
	skip 'a small file system' 'there are no user namespaces here'
	finish
fi
cold
fails 7 'no space: the base commit needs [0-9]* MiB in .*, [0-9]* MiB are free; make room and run again' \
	'a cache that is too small' small "$XDG_CACHE_HOME" "$STACK" -C "$P" apply
ok 'with room' stack apply
rm -rf "$P/build" && mkdir "$P/build"
fails 7 'no space: the kernel work tree needs' 'a build/ that is too small' small "$P/build" "$STACK" -C "$P" apply
ok 'with room' stack apply
ok 'all is as it was' [ "$(git -C "$K" rev-parse stack~2)" = "$(git -C "$K" rev-parse "$TIP~1")" ]
finish
