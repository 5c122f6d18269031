#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Kselftests laid over points, built and run.
. "$(dirname "$0")/kernels.sh"

tests() { # C-FILE: of alpha, with one program
	mkdir -p "$P/selftests/alpha"
	printf 'TEST_GEN_PROGS := one\nCFLAGS := -Wall\ninclude ../../lib.mk\n' >"$P/selftests/alpha/Makefile"
	echo timeout=1 >"$P/selftests/alpha/settings"
	printf '#include "../level.h"\n%s\n' "$1" >"$P/selftests/alpha/one.c"
}
tested() { # RESULT: the console of all guests says so
	echo "printf '${kunit}${begin}'; [ \$1 = um ] && echo 1..0 || printf '1..1\n%s\n' '$1'
	[ \$1 = um ] && echo guest: end 0 0 || echo guest: end 1 0" >"$T/console"
}
tested 'ok 1 alpha/one'
tests 'int main(void) { return STACK_LEVEL_ALPHA > 2; }'
commit 'a kselftest'
ok 'a kselftest is built and run' prove
says 'at the base' '^base  *pass  *pass  *-  *-  *-  *pass  *pass  *pass  *pass'
says 'and at tips above' '^beta/1  *pass  *pass  *pass  *pass  *pass  *pass  *pass  *pass  *pass'
ok 'one kernel with one program is booted once in each machine' booted 2
tests 'int main(void) { int unused; return STACK_LEVEL_ALPHA > 2; }'
fails 1 '' 'a warning' prove
says 'of a test fails' '^beta/1 kselftest-build@x86_64: fail (build)'
says 'and is named' 'unused variable'
tests 'int main(void) { return 0 }'
fails 1 '' 'an error' prove
says 'of a test, too' '^base kselftest-build@x86_64: fail (build)'
says 'and nothing ran' '^base kselftest@x86_64: void (build)'
restore
echo 'TEST_GEN_PROGS :=' >"$P/selftests/alpha/Makefile"
printf 'install:\n\t@:\n' >>"$P/selftests/alpha/Makefile"
fails 1 '' 'a makefile that lists nothing' prove
says 'is no test' 'did not list any program in kselftest-list.txt'
restore
rm "$T"/cache/linux-series/store.sqlite*
rm -r "$P"/build/prove/boots
tested 'not ok 1 alpha/one # exit=1'
fails 1 '' 'a test that fails' prove
says 'fails' '^beta/1 kselftest@x86_64: fail (test)'
says 'and nothing else' '^beta/1  *pass  *pass  *pass  *pass  *pass  *pass  *pass  *pass  *fail'
rm -r "$P"/build/prove/boots "$T"/cache/linux-series/store.sqlite*
tested 'ok 1 alpha/other'
fails 1 '' 'a test that is missing' prove
says 'is void' '^beta/1 kselftest@x86_64: void (test)'
rm -r "$P"/build/prove/boots
tested 'ok 1 alpha/one'
echo 'Inert: 2 test alpha/one' >>"$P/series/alpha/meta"
ok 'the same program before a patch and with it' prove
says 'shows that nothing changed' '^alpha/2 .*pass *$'
tests 'int main(void) { return STACK_LEVEL_ALPHA == 7 ? 1 : STACK_LEVEL_ALPHA - 2; }'
fails 1 '' 'another one' prove
says 'shows nothing' '^alpha/2 unchanged@x86_64: void (test)'
restore
finish
