# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# For tests of the whole program: a tiny kernel, a tiny project on it, and TAP.
# Each test file sources this, calls project, then ok and fails, then finish.
# $STACK is the program under test; nothing outside $T is written.
set -u
: "${STACK:?is the program to test}"

T=$(mktemp -d) || exit 1
trap 'rm -rf "$T"' EXIT
cd "$T" || exit 1
# shellcheck disable=SC2046
unset KERNEL_TARBALL KERNEL_GIT KERNEL_REV KERNEL_ANY LEVEL BUDGET MACHINES ROUNDS FORMAT SEGMENT \
	$(env | sed -n 's/^\(GIT_[A-Z0-9_]*\)=.*/\1/p')
export XDG_CACHE_HOME="$T/cache" HOME="$T/home" TZ=UTC
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
export GIT_AUTHOR_NAME='A Tester' GIT_AUTHOR_EMAIL=tester@example.org
export GIT_COMMITTER_NAME='A Tester' GIT_COMMITTER_EMAIL=tester@example.org
export GIT_AUTHOR_DATE='1700000000 +0000' GIT_COMMITTER_DATE='1700000000 +0000'
mkdir -p "$HOME"

P=$T/project	# the tiny project
K=$P/build/linux	# its kernel work tree
count=0
bad=0

result() { # STATUS DESCRIPTION
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $count - $2"
	else
		bad=$((bad + 1))
		echo "not ok $count - $2"
		sed 's/^/# /' "$T/out" "$T/err"
	fi
}

# ok DESCRIPTION COMMAND...: the command has to succeed.
ok() {
	_what=$1
	shift
	"$@" >"$T/out" 2>"$T/err"
	result $? "$_what"
}

# fails STATUS PATTERN DESCRIPTION COMMAND...: it has to end with that status
# and say on standard error what the (basic) regular expression says.
fails() {
	_status=$1 _pattern=$2 _what=$3
	shift 3
	"$@" >"$T/out" 2>"$T/err"
	_got=$?
	echo "(exit status $_got, expected $_status and /$_pattern/)" >>"$T/out"
	[ "$_got" -eq "$_status" ] && { [ -z "$_pattern" ] || grep -q -e "$_pattern" "$T/err"; }
	result $? "$_what"
}

# says DESCRIPTION PATTERN: the command before said so, on either output.
says() {
	grep -q -e "$2" "$T/out" "$T/err"
	result $? "$1"
}

skip() { # DESCRIPTION REASON
	count=$((count + 1))
	echo "ok $count - $1 # SKIP $2"
}

finish() {
	echo "1..$count"
	[ "$bad" -eq 0 ]
	exit
}

# The program on the tiny project.
stack() { "$STACK" -C "$P" "$@"; }

# kernel DIR [SUBLEVEL]: a tree that is enough of a kernel for us.
kernel() {
	mkdir -p "$1/lib" "$1/kernel" "$1/scripts" "$1/drivers/net" \
		"$1/tools/testing/selftests"
	printf 'VERSION = 9\nPATCHLEVEL = 1\nSUBLEVEL = %s\nEXTRAVERSION =\n' "${2:-2}" >"$1/Makefile"
	echo 'menu "Kernel hacking"' >"$1/lib/Kconfig.debug"
	echo 'obj-y += string.o' >"$1/lib/Makefile"
	seq -f 'line %g of one' 60 >"$1/kernel/one.c"
	seq -f 'line %g of two' 60 >"$1/kernel/two.c"
	echo 'TARGETS =' >"$1/tools/testing/selftests/Makefile"
	echo 'ignored' >"$1/kernel/ignored.o"
	echo '*.o' >"$1/.gitignore"
	# Any but git's own headings of hunks: python finds none there.
	echo '*.c diff=python' >"$1/.gitattributes"
	echo '#!/bin/sh' >"$1/scripts/run"
	chmod +x "$1/scripts/run"
	ln -s run "$1/scripts/link"
	checkers "$1"
}

# checkers DIR: what plays the kernel's own checkers there.  The first finds fault
# with added lines that say BADSTYLE, the second with lines that say NODOC; the third
# has no owner for a file whose diff says NOBODY, and the last is spatch's, below.
checkers() {
	mkdir -p "$1/LICENSES" "$1/Documentation"
	touch "$1/COPYING" "$1/CREDITS" "$1/Kbuild" "$1/MAINTAINERS" "$1/README" \
		"$1/Documentation/Makefile" "$1/.get_maintainer.ignore" "$1/LICENSES/GPL"
	cat >"$1/scripts/checkpatch.pl" <<-'EOF'
	#!/bin/sh
	for patch; do :; done
	grep -n '^+.*BADSTYLE' "$patch" | sed 's/^/ERROR:BADSTYLE: line /'
	echo "total: $(grep -c '^+.*BADSTYLE' "$patch") errors, 0 warnings, 0 checks, $(wc -l <"$patch") lines checked"
	EOF
	cat >"$1/scripts/kernel-doc" <<-'EOF'
	#!/bin/sh
	grep -n NODOC "$2" | sed "s|^\\([0-9]*\\):|Warning: $2:\\1 not described: |" >&2
	EOF
	cat >"$1/scripts/get_maintainer.pl" <<-'EOF'
	#!/bin/sh
	# What it is asked about comes by its standard input.
	[ $# -eq 4 ] || exit
	diff=$(cat)
	case $diff in *NOBODY*) ;; *'new file mode'*) echo 'A <a@example.org> (maintainer:B)' ;; esac
	EOF
	mkdir -p "$1/scripts/coccinelle/free"
	for cocci in bad worse worst; do
		echo '// Options: --no-includes' >"$1/scripts/coccinelle/free/$cocci.cocci"
	done
	cat >"$1/scripts/coccicheck" <<-'EOF'
	#!/bin/sh
	[ "$C $MODE" = '1 report' ] || exit
	find "$srctree/scripts/coccinelle" -name '*.cocci' | sort | while read -r cocci; do
		echo "spatch --cocci-file $cocci $1"
		spatch --cocci-file "$cocci" "$1" || exit
	done
	EOF
	chmod +x "$1/scripts/checkpatch.pl" "$1/scripts/kernel-doc" \
		"$1/scripts/get_maintainer.pl" "$1/scripts/coccicheck"
}

# fake_spatch: bad.cocci complains of lines that say bad_cocci, and so on; a file can
# crash it.
fake_spatch() {
	mkdir -p "$T/quick"
	cat >"$T/quick/spatch" <<-'EOF'
		#!/bin/sh
		for file; do :; done
		case $1 in
		--version) echo 'spatch version 0.0-fake' ;;
		--parse-c)
			echo "nb good = $(grep -c -v '^#' "$file"),  nb bad = 0 ====> 100% good or passed" ;;
		--cocci-file)
			! grep -q 'crashes spatch' "$file" || kill -SEGV $$
			name=$(basename "$2" .cocci)
			grep -n "${name}_cocci" "$file" |
				sed "s|^\([0-9]*\):.*|$file:\1:1-2: WARNING: $name, see line \1|" ;;
		esac
	EOF
	chmod +x "$T/quick/spatch"
	PATH=$T/quick:$PATH
}

# tarball DIR FILE: as Debian's, one directory at the top.
tarball() {
	tar -C "$(dirname "$1")" --sort=name --mtime=@1700000000 --owner=0 \
		--group=0 -caf "$2" "$(basename "$1")"
}

# pin TARBALL DIR: configs/pin for it; TREE and BASE become its ids.
pin() {
	rm -rf "$T/pin.git"
	git init -q --bare "$T/pin.git"
	git --git-dir="$T/pin.git" --work-tree="$2" add -A -f
	TREE=$(git --git-dir="$T/pin.git" write-tree)
	BASE=$(printf 'Linux 9.1.2\n' | git --git-dir="$T/pin.git" commit-tree "$TREE")
	git --git-dir="$T/pin.git" ls-tree -r -t "$TREE" >"$P/configs/trees"
	cat >"$P/configs/pin" <<-EOF
	Version: 9.1.2
	Sha256: $(sha256sum <"$1" | cut -d' ' -f1)
	Tree: $TREE
	Commit: $BASE
	Date: 1700000000 +0000
	Debian-Source: linux=9.1.2-1
	Debian-Suite: none
	Upstream: file:///nowhere/linux-9.1.2.tar.xz
	Left-Out: drivers/net/blob.h
	EOF
}

# meta SLUG STATUS PARTS [LINE...]
meta() {
	mkdir -p "$P/series/$1"
	printf 'Title: the series %s\nVersion: 3\nParts: %s\nArch: any\nStatus: %s\n' \
		"$1" "$3" "$2" >"$P/series/$1/meta"
	_slug=$1
	shift 3
	for _line; do
		echo "$_line" >>"$P/series/$_slug/meta"
	done
}

# edit FILE LINE TEXT: replace a line of a file in build/linux and commit it.
edit() {
	sed -i "$2s/.*/$3/" "$K/$1" &&
		git -C "$K" commit -q -s -a -m "$1: say $3" -m 'For a reason.'
}

# project: alpha (2 patches) and beta (1) carried on the tiny kernel, gamma in it;
# everything applied once.  A copy of $FIXTURE, when the runner made one.
project() {
	fake_spatch
	if [ -d "${FIXTURE:-}" ]; then
		cp -a "$FIXTURE/." "$T" &&
			echo "$T/cache/linux-series/linux.git/objects" |
			tee "$P/build/apply/.git/objects/info/alternates" \
				>"$K/.git/objects/info/alternates"
	else
		make_project
	fi
	export KERNEL_TARBALL="$T/linux.tar.xz"
	TREE=$(sed -n 's/^Tree: //p' "$P/configs/pin")
	BASE=$(sed -n 's/^Commit: //p' "$P/configs/pin")
	TIP=$(git -C "$K" rev-parse stack)
}

make_project() {
	mkdir -p "$P/configs" "$P/series"
	printf 'Name: A Tester\nEmail: tester@example.org\n' >"$P/configs/identity"
	printf 'free/%s.cocci\n' bad worse worst >"$P/configs/coccinelle"
	kernel "$T/linux-9.1.2"
	tarball "$T/linux-9.1.2" "$T/linux.tar.xz"
	pin "$T/linux.tar.xz" "$T/linux-9.1.2"
	printf 'gamma\nalpha\nbeta\n' >"$P/series/order"
	meta gamma in-base 1 'Evidence: 1 present kernel/one.c: line 7 of' \
		'Evidence: 1 absent kernel/one.c: line 61 of'
	meta alpha carried 2
	meta beta carried 1 'Depends: alpha'
	printf 'What alpha is about.\n' >"$P/series/alpha/cover"
	export KERNEL_TARBALL="$T/linux.tar.xz"
	{
		stack checkout alpha &&
			edit kernel/one.c 10 ten && edit kernel/one.c 20 twenty &&
			stack refresh alpha && stack checkout beta &&
			edit kernel/one.c 30 thirty && stack refresh beta &&
			stack checkout && stack apply
	} >"$T/out" 2>&1 || {
		sed 's/^/# /' "$T/out"
		echo 'Bail out! the tiny project cannot be made'
		exit 1
	}
	printf 'suite:\n\t@echo 3 passed, 0 failed, 0 skipped\n' >"$P/Makefile"
	git init -q "$P" && echo build/ >"$P/.gitignore" && commit 'the project'
}

# commit MESSAGE: all of the tiny project.
commit() { git -C "$P" add -A && git -C "$P" commit -q --allow-empty -m "$1"; }

# restore: the tiny project's own files are as they were committed.
restore() { git -C "$P" clean -q -f -d && git -C "$P" reset -q --hard; }

# cold: as on a new machine, with a new clone.
cold() {
	rm -rf "$P/build"
	XDG_CACHE_HOME=$(mktemp -d "$T/cache.XXXXXX")
}

# fake NAME: a program of that name in front of the real one, from standard input.
fake() {
	mkdir -p "$T/bin"
	{ echo '#!/bin/sh' && cat; } >"$T/bin/$1"
	chmod +x "$T/bin/$1"
}

# quick_b4: for tests of other things, as b4 takes most of their time.  What it
# makes of a mailbox gives the same commits, or at_tip would not hold.
quick_b4() {
	mkdir -p "$T/quick"
	cat >"$T/quick/b4" <<-'EOF'
		#!/bin/sh
		# --offline-mode am --use-local-mbox MBOX --outdir DIR --mbox-name SLUG
		awk '/^From 0/ { mail++ } /^Subject: .* 0+\// { cover = mail }
			{ line[NR] = $0; of[NR] = mail }
			END { for (i = 1; i <= NR; i++) if (of[i] != cover) print line[i] }' "$4" >"$6/$8.mbx"
	EOF
	chmod +x "$T/quick/b4"
	PATH=$T/quick:$PATH
}

# faked COMMAND...: with those programs.
faked() { PATH=$T/bin:$PATH "$@"; }

# user COMMAND...: with no identity and no date given by the environment.
user() {
	env -u GIT_AUTHOR_NAME -u GIT_AUTHOR_EMAIL -u GIT_AUTHOR_DATE \
		-u GIT_COMMITTER_NAME -u GIT_COMMITTER_EMAIL -u GIT_COMMITTER_DATE "$@"
}

# at_tip: the whole stack is applied, to the ids it had when it was made.
at_tip() { [ "$(git -C "$K" rev-parse refs/remotes/stack/stack)" = "$TIP" ]; }

# clean_project: nothing of the project's own files is changed.
clean_project() { [ -z "$(git -C "$P" status --porcelain)" ]; }
