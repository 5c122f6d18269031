# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# lib.sh with the fake kernel of fake/ to be built, and an emulator that prints what
# a test has laid ready.
source=$(realpath "$(dirname "$0")/../..")
. "$(dirname "$0")/lib.sh"
unset FIXTURE
quick_b4
PATH=$T/bin:$PATH
fake sparse <"$source/tools/t/fake/scripts/sparse"
fake ld.lld-19 </dev/null
fake clang-19 <"$source/tools/t/fake/scripts/clang"

# The tiny kernel with the fake one in it, whose lines are comments.
kernel() {
	mkdir -p "$1"
	cp -r "$source/tools/t/fake/." "$1"
	seq -f '// line %g of one' 60 >"$1/kernel/one.c"
	seq -f '// line %g of two' 60 >"$1/kernel/two.c"
	sed -i 's|^objs-y := |&kernel/one.o kernel/two.o |' "$1/Makefile"
	printf 'o-*\n*.o\n' >"$1/.gitignore"
	checkers "$1"
}
edit() {
	sed -i "$2s|.*|// $3|" "$K/$1" &&
		git -C "$K" commit -q -s -a -m "$1: say $3" -m 'For a reason.'
}
project

mkdir -p "$P/configs/kernel" "$P/configs/machines" "$P/tools/guest"
cp "$source/tools/guest/init.c" "$P/tools/guest/"
machine() { # NAME CONFIGURATION
	printf 'CONFIG_NET=y\nCONFIG_TUN=y\nCONFIG_TAP=m\n' >"$P/configs/kernel/$2.config"
	cat >"$P/configs/machines/$1" <<-END
	Config: $2
	Cpus: 1
	Memory: 1
	Boot: 4
	Kunit: 1
	Scale: 1
	Cmdline: quiet
	Run: sh $T/emulator $1 {kernel} {initramfs} {cmdline}
	END
}
machine x86_64 x86_64
machine um um

# The emulator: the console of $T/console.<machine> once, or else the one that passes.
cat >"$T/emulator" <<END
echo "\$1" >>"$T/booted"
if [ -e "$T/console.\$1" ]; then
	. "$T/console.\$1"
else
	. "$T/console"
fi
END
booted() { [ "$(wc -l <"$T/booted")" -eq "$1" ]; } # HOW OFTEN, since the last prove

# point COMMAND: one more patch of beta, which COMMAND in the kernel makes.
point() {
	stack checkout beta >"$T/out" 2>&1
	(cd "$K" && eval "$1" && git add -A && git commit -q -s -m 'kernel: change' -m 'For a reason.')
	stack refresh beta >"$T/out" 2>&1
}
undo() {
	git -C "$K" reset -q --hard HEAD~1
	stack refresh beta >"$T/out" 2>&1
	restore
	rm -f "$T"/console.*
}

prove() { : >"$T/booted" && stack prove; }
asked() { grep -c '^\[.*\] .* \.\.\.$' "$T/err"; }
kunit='KTAP version 1\n1..1\n    KTAP version 1\n    # Subtest: ring\n    1..1\n    ok 1 fills\nok 1 ring\n'
begin='guest: begin\nKTAP version 1\n'
echo "printf '${kunit}${begin}1..0\nguest: end 0 0\n'" >"$T/console"
commit 'kernels'
