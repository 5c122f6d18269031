#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What a series needs of those below it, against what its meta says.
. "$(dirname "$0")/kernels.sh"

independence() { stack independence; }
# series SLUG COMMAND [LINE...]: one more on top, with one patch that COMMAND makes.
series() {
	echo "$1" >>"$P/series/order"
	_new=$1 _make=$2
	shift 2
	meta "$_new" carried 1 "$@"
	printf 'What it is about.\n' >"$P/series/$_new/cover"
	stack checkout "$_new" >"$T/out" 2>&1
	(cd "$K" && eval "$_make" && git add -A && git commit -q -s -m 'kernel: change' -m 'For a reason.')
	stack refresh "$_new" >"$T/out" 2>&1
	commit "$_new"
}

fails 1 '' 'a series that depends on nothing, but says so' independence
says 'is named' '^beta says Depends: alpha, but applies and builds without it'
says 'works alone' '^beta  *yes  *yes  *alpha\*=yes'
says 'and is counted' '^2 series, 1 of what their metas say of Depends wrong'
sed -i '/^Depends/d' "$P/series/beta/meta" && commit 'beta stands alone'
ok 'as soon as it does not' independence
says 'all is well' '^2 series, 0 of what'
says 'as is shown' '^beta  *yes  *-  *alpha=yes'
ok 'what is known' independence
ok 'is not compiled again' sh -c '! grep -q "^compile" "$1"' sh "$T/err"

series delta "sed -i '30s|.*|// dreissig|' kernel/one.c"
fails 1 '' 'a series that changes what another did' independence
says 'depends on that' '^delta should say Depends: beta: apply'
says 'as its patch shows' 'kernel/one.c, hunk 1 of 1 .* expects'
says 'and is named' '0001-kernel-change.patch does not apply'
says 'but not on the others' '^delta  *apply  *-  *alpha=yes beta=apply'
ok 'and nothing is said twice' sh -c '! grep -q "does not apply" "$1"' sh "$T/err"
echo 'Depends: beta' >>"$P/series/delta/meta" && commit 'delta depends on beta'
ok 'when its meta says so' independence
says 'it is tried on that alone' '^delta  *apply  *yes  *alpha=yes beta\*=apply'

stack checkout alpha >"$T/out" 2>&1
(cd "$K" && echo '#define ALPHA 1' >include/linux/alpha.h && git add -A &&
	git commit -q -s -m 'alpha: define it' -m 'For a reason.')
stack refresh alpha >"$T/out" 2>&1
sed -i 's/^Parts: 2/Parts: 3/' "$P/series/alpha/meta" && commit 'alpha defines'
series echo "printf '#include <linux/alpha.h>\nint two(void);\nint two(void) { return ALPHA; }\n' >>kernel/two.c"
fails 1 '' 'a series that includes what another brings' independence
says 'depends on that, too' '^echo should say Depends: alpha: build'
says 'as the compiler says' 'kernel/two.o for .*: kernel/two.c:61:10: fatal error: linux/alpha.h'
says 'but not on what only applies there' '^echo  *build  *-  *alpha=build beta=yes delta=yes'
ok 'what stands above is tried without what failed' [ "$(grep -c 'delta.*alpha=yes' "$T/out")" -eq 1 ]
series foxtrot "sed -i '61s|.*|#include \"linux/alpha.h\"|' kernel/two.c" 'Depends: echo'
echo 'Depends: alpha' >>"$P/series/echo/meta" && commit 'echo depends on alpha'
ok 'and by way of another' independence
says 'is enough' '^foxtrot  *apply  *yes  *alpha\*=apply beta=yes delta=yes echo\*=apply'

stack checkout foxtrot >"$T/out" 2>&1
echo 'int x = ;' >>"$K/kernel/two.c"
git -C "$K" commit -q -a --amend --no-edit
stack refresh foxtrot >"$T/out" 2>&1
fails 1 'failed: foxtrot does not build for .* in the stack' 'what does not build is not tried' independence
finish
