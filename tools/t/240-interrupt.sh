#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Stopped at any moment: status 130, nothing left running, and the next run ends
# where an undisturbed one would have.
. "$(dirname "$0")/lib.sh"
project
quick_b4

# Nobody of ours is left: every program we start has a mark in its environment.
export STACK_TEST_MARK="$T"
nobody_left() {
	for _try in 1 2 3 4 5 6 7 8 9 10; do
		_left=$(env -u STACK_TEST_MARK grep -lzx "STACK_TEST_MARK=$T" /proc/[0-9]*/environ 2>/dev/null)
		[ -z "$_left" ] && return
		sleep 0.1
	done
	echo "left: $_left"
	return 1
}
recovers() { # DESCRIPTION
	ok "... $1: nothing is left running" nobody_left
	ok '... the next run is whole' stack apply
	ok '... as if nothing had been' at_tip
}
# tells SIGNAL TOOL [WORD]: that tool (called with the word) signals the program,
# then would go on for a minute; a child of its own too.
tells() {
	_real=$(PATH=/usr/bin:/bin command -v "$2")
	fake "$2" <<-EOF
		case " \$* " in
		*" ${3:-} "*)
			sleep 60 &
			kill -$1 \$PPID
			sleep 60 ;;
		esac
		exec $_real "\$@"
	EOF
}

for signal in INT TERM HUP; do
	rm -rf "$P/build"
	tells $signal b4 am
	fails 130 'interrupted: stopped; run again to go on from here' "SIG$signal in b4" faked stack apply
	rm "$T/bin/b4"
	recovers "SIG$signal"
done
for word in fast-import init checkout am fetch update-ref rev-parse; do
	case $word in
	fast-import) XDG_CACHE_HOME=$(mktemp -d "$T/cache.XXXXXX") ;;
	am) rm -rf "$P/build/apply" ;;
	*) rm -rf "$P/build/linux" ;;
	esac
	tells INT git $word
	fails 130 'interrupted: stopped' "SIGINT in git $word" faked stack apply
	rm "$T/bin/git"
	recovers "git $word"
done
unset KERNEL_TARBALL
tells INT apt-get indextargets
cold
if [ -e /usr/share/keyrings/debian-archive-keyring.gpg ]; then
	fails 130 'interrupted: stopped' 'SIGINT in apt-get' faked stack apply
else
	skip 'SIGINT in apt-get' 'debian-archive-keyring is not installed'
fi
rm "$T/bin/apt-get"
export KERNEL_TARBALL=$T/linux.tar.xz
recovers 'apt-get'

# A child that will not go.
fake b4 <<-'EOF'
	trap '' TERM INT
	kill -INT $PPID
	while :; do sleep 60; done
EOF
rm -rf "$P/build"
fails 130 'interrupted: stopped' 'a child that ignores SIGTERM' faked stack apply
rm "$T/bin/b4"
recovers 'SIGKILL'
fake b4 <<-'EOF'
	sh -c 'trap "" TERM INT; while :; do sleep 60; done' &
	sleep 0.1
	kill -INT $PPID
	sleep 60
EOF
rm -rf "$P/build/apply"
fails 130 'interrupted: stopped' 'a child of a child that does' faked stack apply
rm "$T/bin/b4"
recovers 'a child of a child'

# The program itself killed: its children go too.
fake b4 <<-'EOF'
	kill -9 $PPID
	exec sleep 60
EOF
rm -rf "$P/build"
faked stack apply >"$T/out" 2>&1
ok 'SIGKILL cannot be caught' [ $? -eq 137 ]
rm "$T/bin/b4"
recovers 'SIGKILL of the program'

# refresh: patches half-way written are not taken for the user's.
stack checkout alpha >"$T/out" 2>&1
sed -i '12s/.*/twelve/' "$K/kernel/one.c" &&
	GIT_COMMITTER_DATE='1800000000 +0000' git -C "$K" commit -q -a -m 'one: twelve' -m 'Reason.'
own=$(git -C "$K" rev-parse HEAD)
for word in format-patch rev-list am update-ref diff-tree; do
	tells INT git $word
	fails 130 'interrupted: stopped' "refresh with SIGINT in git $word" faked stack refresh alpha
	ok '... the commits are still there' [ "$(git -C "$K" rev-parse alpha)" = "$own" ]
	rm "$T/bin/git"
done
# The moment after the last file was written.
_real=$(PATH=/usr/bin:/bin command -v git)
fake git <<-EOF
	if [ -e "$P/patches/alpha/0003-one-twelve.patch" ]; then
		kill -INT \$PPID
		sleep 60
	fi
	exec $_real "\$@"
EOF
restore
git -C "$K" update-ref -d refs/written/alpha
fails 130 'interrupted: stopped' 'refresh stopped when the patches are written' faked stack refresh alpha
ok '... which they are' [ -e "$P/patches/alpha/0003-one-twelve.patch" ]
rm "$T/bin/git"
git -C "$K" commit -q --amend -m 'one: twelve' -m 'A better reason.'
ok 'the next refresh goes on, with what changed since' stack refresh alpha
ok 'to what it should be' grep -q 'better reason' "$P/patches/alpha/0003-one-twelve.patch"
ok 'and is applied' stack apply
restore
git -C "$K" checkout -q stack && git -C "$K" branch -q -D alpha
ok 'back' stack apply

# At moments that nobody chose.
delay=0
while [ $delay -lt 6 ]; do
	cold
	"$STACK" -C "$P" apply >"$T/out" 2>"$T/err" &
	pid=$!
	sleep 0.$((delay / 2))$((delay % 2 * 5))
	kill -INT $pid
	wait $pid
	got=$?
	echo "status $got" >>"$T/err"
	[ $got -eq 130 ] || { [ $got -eq 0 ] && at_tip; }
	result $? "SIGINT after $delay"
	stack apply >"$T/out" 2>"$T/err" && at_tip && nobody_left
	result $? '... and the next run is whole'
	delay=$((delay + 1))
done
finish
