#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Defects that the tests of a series have to catch.
. "$(dirname "$0")/kernels.sh"

# mutant KIND NAME TEXT [LINE...]: TEXT, which is in the image then, is added.
mutant() {
	mkdir -p "$P/$1/beta/mutants"
	_path=$P/$1/beta/mutants/$2.diff
	{
		echo 'A line is added.'
		echo "const char planted[] = \"$3\";" >>"$K/init/main.c"
		shift 3
		for _line; do
			echo "$_line"
		done
		echo
		git -C "$K" diff
	} >"$_path"
	git -C "$K" checkout -q init/main.c
}

# The kernel with a mutant is another one: the guest looks into it.
mkdir -p "$P/selftests/beta"
printf 'TEST_GEN_PROGS := one two\ninclude ../../lib.mk\n' >"$P/selftests/beta/Makefile"
echo 'int main(void) { return 0; }' | tee "$P/selftests/beta/one.c" >"$P/selftests/beta/two.c"
git -C "$K" checkout -q --detach refs/remotes/stack/stack
cat >"$T/console" <<END
tests=\$(grep -ao 'beta/[a-z]* [0-9]* /test' "\$3" | cut -d' ' -f1)
echo "\$1 \$4:" \$tests >>"$T/ran"
bad=none
grep -q bad_kunit "\$2" && bad=kunit
grep -q bad_test "\$2" && bad=test
grep -q bad_sometimes "\$2" && [ \$((\$(wc -l <"$T/booted") % 2)) -eq 0 ] && bad=test
if [ \$bad = kunit ]; then
	printf '$kunit' | sed 's/    ok 1 fills/    not ok 1 fills/; s/^ok 1 ring/not ok 1 ring/'
else
	printf '$kunit'
fi
printf '$begin'
grep -q bad_console "\$2" && echo '** 12 printk messages dropped **'
n=0
for t in \$tests; do
	n=\$((n + 1))
	[ \$bad = test ] && [ \$t = beta/one ] && printf 'not '
	echo "ok \$n \$t"
done
printf '1..%d\nguest: end %d 0\n' \$n \$n
END
commit 'tests of beta'
ok 'a series may have none' stack mutants
says 'which is said' '^0 caught, 0 not caught, 0 not run'
mutant kunit one bad_kunit
mutant selftests one bad_test 'Test: beta/one'
mutant selftests all bad_test
commit 'mutants'
rm -f "$T/ran"
ok 'mutants are caught' stack mutants
says 'by a KUnit case' '^kunit/beta/one  *1 of 1 .* s  ring: fills'
says 'by a kselftest' '^selftests/beta/one  *1 of 1 .* s  beta/one'
says 'all of them' '^3 caught, 0 not caught, 0 not run'
ok 'the named test runs alone' grep -q '^x86_64 quiet: beta/one$' "$T/ran"
ok 'else all do' grep -q '^x86_64 quiet: beta/one beta/two$' "$T/ran"
ok 'KUnit runs in UML' grep -q '^um quiet:' "$T/ran"
ok 'what is known is not run again' stack mutants beta
ok 'by nobody' [ "$(asked)" -eq 0 ]
fails 2 'no series "delta"' 'a series that is not there' stack mutants delta
ok 'one without any' stack mutants alpha
says 'has none' '^0 caught, 0 not caught, 0 not run'
mutant selftests well harmless
fails 1 '' 'a mutant that no test catches' stack mutants
says 'survived' '^selftests/beta/well  *SURVIVED: survived 1 run'
says 'and is counted' '^3 caught, 1 not caught, 0 not run'
restore
mutant selftests other bad_test 'Test: beta/two'
fails 1 '' 'a named test that does not catch it' stack mutants
says 'lets it survive' '^selftests/beta/other  *SURVIVED'
restore
mutant selftests nobody bad_test 'Test: beta/three'
fails 1 '' 'a test that is not there' stack mutants
says 'proves nothing' '^selftests/beta/nobody  *VOID: there is no test beta/three'
restore
mutant selftests broken '" nothing "'
fails 1 '' 'a mutant that does not compile' stack mutants
says 'proves nothing, too' '^selftests/beta/broken  *VOID: with it there is no kernel'
restore
mutant selftests dropped bad_console
fails 1 '' 'a console that is not complete' stack mutants
says 'does not either' '^selftests/beta/dropped  *VOID: the console is not complete'
restore
: >"$T/booted"
mutant selftests racy bad_sometimes 'Test: beta/one' 'Runs: 4' 'Words: SHORT=1'
ok 'a mutant that shows by chance' stack mutants
says 'is run often' '^selftests/beta/racy  *2 of 4 '
ok 'with words of its own' grep -q '^x86_64 quiet SHORT=1: beta/one$' "$T/ran"
restore
mutant selftests runs bad_test 'Runs: many'
fails 4 'Runs: "many" is not a number' 'a header that makes no sense is refused' stack mutants
restore
mutant selftests lost bad_test 'On: nowhere'
fails 4 'there is no kselftest to ask on nowhere' 'so is a machine' stack mutants
restore
mutant selftests stale bad_test
echo '// moved' >"$K/init/main.c"
sed -i 's/^ }/ ]/' "$P/selftests/beta/mutants/stale.diff"
fails 5 'stale' 'and a diff that does not apply' stack mutants
restore
mutant selftests unseen harmless
mkdir "$P/selftests/beta/mutants/unseen"
mv "$P/selftests/beta/mutants/unseen.diff" "$P/selftests/beta/mutants/unseen/"
ok 'one that nobody can see' stack mutants
says 'is not run' '^3 caught, 0 not caught, 0 not run'
sed -i 's/start/begin/' "$P/selftests/beta/mutants/unseen/unseen.diff"
fails 5 'unseen' 'but has to apply' stack mutants
restore
finish
