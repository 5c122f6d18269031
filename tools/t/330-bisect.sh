#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# git bisect run over a stack finds the patch that broke a test.
. "$(dirname "$0")/kernels.sh"

# A guest's KUnit suite and kselftest fail on a kernel that has this word in it.
cat >"$T/console" <<'END'
grep -q BROKEN "$2" && not='not ' || not=
printf "KTAP version 1\n1..1\n    KTAP version 1\n    # Subtest: ring\n    1..1\n"
printf "    ${not}ok 1 fills\n${not}ok 1 ring\nguest: begin\nKTAP version 1\n"
[ "$1" = um ] && printf "1..0\nguest: end 0 0\n" || printf "1..1\n${not}ok 1 beta/two\nguest: end 1 0\n"
END
mkdir -p "$P/selftests/beta"
printf 'TEST_GEN_PROGS := one two\ninclude ../../lib.mk\n' >"$P/selftests/beta/Makefile"
echo 'int main(void) { return 0; }' | tee "$P/selftests/beta/one.c" >"$P/selftests/beta/two.c"
commit 'two kselftests'

stack checkout beta >"$T/out" 2>&1
for n in 2 3 4 5 6; do
	edit kernel/two.c $((n * 5)) "patch $n" >"$T/out" 2>&1
done
stack refresh beta >"$T/out" 2>&1
good=$(git -C "$K" rev-parse HEAD)

# planted N CODE: what patch N of beta brings, those above as they are.
planted() {
	git -C "$K" checkout -q --detach "$good~$((6 - $1))"
	echo "$2" >>"$K/init/main.c"
	git -C "$K" commit -q -a --amend --no-edit
	git -C "$K" cherry-pick "$good~$((6 - $1))..$good" >"$T/out" 2>&1
}
run() { # TEST [MACHINE]
	(cd "$K" && "$STACK" -C "$P" bisect-run "$@")
}
bisect() { # TEST [MACHINE]: the number of the commit that is found
	(cd "$K" && git bisect start HEAD "$BASE" && git bisect run "$STACK" -C "$P" bisect-run "$@"
	git bisect log >"$T/steps"
	git bisect reset) >"$T/log" 2>&1
	_bad=$(sed -n 's/^\([0-9a-f]*\) is the first bad commit/\1/p' "$T/log")
	cat "$T/log" >&2
	git -C "$K" rev-list --count "$BASE..${_bad:-$BASE}"
}

# alpha has two patches, so patch n of beta is commit n + 2.
for n in 1 2 3 5 6; do
	planted $n 'char broken[] = "BROKEN";'
	ok "a defect in patch $n is found there by a kselftest" [ "$(bisect beta/two)" -eq $((n + 2)) ]
done
ok 'and by a KUnit suite' [ "$(bisect ring)" -eq 8 ]
ok 'on another machine' [ "$(bisect ring um)" -eq 8 ]

# Where a bisection begins, patch 2 does not build; patch 3 mends that.
git -C "$K" checkout -q --detach "$good~4"
echo 'char *broken = ;' >>"$K/kernel/two.c"
git -C "$K" commit -q -a --amend --no-edit
git -C "$K" cherry-pick "$good~4..$good~3" >"$T/out" 2>&1
sed -i '/broken = ;/d' "$K/kernel/two.c" && git -C "$K" commit -q -a --amend --no-edit
git -C "$K" cherry-pick "$good~3..$good" >"$T/out" 2>&1
echo 'char broken[] = "BROKEN";' >>"$K/init/main.c"
git -C "$K" commit -q -a --amend --no-edit
ok 'past one that does not build a defect is found, too' [ "$(bisect beta/two)" -eq 8 ]
ok 'which was skipped' grep -q '^# skip: .* say patch 2$' "$T/steps"
ok 'once' [ "$(grep -c '^# skip' "$T/steps")" -eq 1 ]

planted 4 'char broken[] = "BROKEN";'
git -C "$K" checkout -q --detach HEAD~2
echo 'char *broken = ;' >>"$K/kernel/two.c"
git -C "$K" commit -q -a --amend --no-edit
git -C "$K" cherry-pick "$good~2..$good" >"$T/out" 2>&1
sed -i '/broken = ;/d' "$K/kernel/two.c" && git -C "$K" commit -q -a --amend --no-edit
last=$(git -C "$K" rev-parse HEAD)
git -C "$K" checkout -q --detach HEAD~1
fails 125 'no kernel: kernel/two.c:61' 'what does not build cannot be tested' run beta/two
git -C "$K" checkout -q --detach "$last"
fails 125 '' 'a test that is not there is none' run beta/three
fails 1 'fail: ring' 'one that fails is bad' run ring
git -C "$K" checkout -q stack
ok 'one that passes is good' run ring
fails 128 'needs a test' 'no test ends a bisection' run
git init -q "$T/else" && git -C "$T/else" commit -q --allow-empty -m else
fails 128 'HEAD does not stand on our base' 'another tree, too' \
	sh -c 'cd "$1" && exec "$STACK" -C "$2" bisect-run ring' sh "$T/else" "$P"
ok 'the tree is as it was' [ -z "$(git -C "$K" status --porcelain)" ]
finish
