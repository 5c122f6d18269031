#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Defects planted for the checks to find.
. "$(dirname "$0")/kernels.sh"

# canary NAME CHECK CLASS SAYS COMMAND [LINE...]: one that COMMAND in the kernel makes.
canary() {
	mkdir -p "$P/canaries/patches/$1" "$P/canaries/series/$1"
	git -C "$K" checkout -q --detach refs/remotes/stack/base
	(cd "$K" && eval "$5" && git add -A &&
		git commit -q -s -m 'kernel: plant' -m 'For a reason.' &&
		git format-patch -q --zero-commit --full-index --no-signature -1 \
			-o "$P/canaries/patches/$1")
	git -C "$K" checkout -q stack 2>/dev/null || git -C "$K" checkout -q --detach refs/remotes/stack/stack
	ls "$P/canaries/patches/$1" >"$P/canaries/series/$1/series"
	printf 'Title: plant\nVersion: 1\nParts: 1\nArch: any\nStatus: carried\n' \
		>"$P/canaries/series/$1/meta"
	printf 'Canary: %s\nPlant: %s\nCheck: %s\nClass: %s\nSays: %s\n' "$1" "$1" "$2" "$3" \
		"$4" >>"$P/canaries/expected"
	shift 5
	for _line; do
		echo "$_line" >>"$P/canaries/expected"
	done
}
forget() {
	git -C "$P" rm -q -r --cached canaries
	rm -rf "$P/canaries"
}

machine odd x86_64
echo 'Special: it is slow' >>"$P/configs/machines/odd"
ok 'a project may have none' stack canaries
says 'which is said' '^0 found, 0 missed, 0 not tried'
canary style style style BADSTYLE "echo '// BADSTYLE' >>init/main.c"
canary warning build build forgotten "echo 'static int forgotten;' >>init/main.c"
canary words console panic 'no more' "echo '// words' >>init/main.c" 'Words: canary=words'
canary named console panic 'no more' "echo '// named' >>init/main.c" 'Words: canary=words' \
	'On: odd'
cat >"$T/console" <<END
case \$4 in
*canary=words) printf '${kunit}Kernel panic - not syncing: no more\n' ;;
*) printf '${kunit}${begin}1..0\nguest: end 0 0\n' ;;
esac
END
commit 'canaries'
ok 'what is not tried is counted' prove
says 'at the end' '^6 of 6 canaries not tried'
ok 'checks find what is planted' stack canaries
says 'in mails' '^style  *style  *found  style'
says 'in each configuration' '^warning  *build@um  *found  build'
says 'in guests with words of their own' '^words  *console@x86_64  *found  panic'
says 'on a special machine that is named' '^named  *console@odd  *found  panic'
says 'all of them' '^6 found, 0 missed, 0 not tried'
ok 'they are not tried twice' stack canaries
ok 'but known' [ "$(asked)" -eq 0 ]
ok 'then nothing is said of them' prove
ok 'indeed' sh -c '! grep -q canar "$1"' sh "$T/out"

canary blind sparse build nothing "echo '// blind' >>init/main.c" 'On: x86_64'
commit 'one that is not to be found'
fails 1 '' 'a canary that is let through' stack canaries
says 'is shown with what was found' '^blind  *sparse@x86_64  *MISSED'
says 'and counted' '^6 found, 1 missed, 0 not tried'
fails 1 '' 'its check proves nothing any more' prove
says 'at any point' '^alpha/1 sparse@x86_64: void'
says 'by any verdict' '^beta/1  *pass  *pass  *pass  *void'
says 'but elsewhere it does' '^beta/1  *pass  *pass  *pass  *pass  *pass  *pass  *pass *$'
sed -i 's/^Says: nothing/Says: something/' "$P/canaries/expected"
ok 'when something else is expected, it was not tried' prove
says 'yet' '^1 of 7 canaries not tried'
restore

forget
canary broken console panic 'no more' "echo '// broken' >>init/main.c" 'Words: canary=words'
cp "$T/console" "$T/console.before"
echo 'exit 3' >"$T/console"
rm -r "$P/build/prove/boots"
commit 'an emulator that fails'
fails 3 'canary broken console@x86_64: not tried: the emulator ended with status 3' \
	'where the emulator fails' stack canaries
says 'nothing is known' '^0 found, 0 missed, [1-9] not tried'
cp "$T/console.before" "$T/console"
ok 'until it does not' stack canaries
says 'and the guest is run anew' '^2 found, 0 missed, 0 not tried'

forget
canary early style style BADSTYLE "echo '// BADSTYLE early' >>init/main.c"
canary late style style BADSTYLE "echo '// BADSTYLE late' >>init/main.c"
fails 3 '' 'when the time is over the rest is left' env BUDGET=0.00000001 "$STACK" -C "$P" canaries
says 'and counted' '^0 found, 0 missed, 2 not tried'
sed -i 's/^Check: .*/Check: none/' "$P/canaries/expected"
fails 4 'there is no check none' 'a check that is not there is refused' stack canaries
sed -i 's/^Check: .*/Check: style/; s/^Plant: .*/Plant: nobody/' "$P/canaries/expected"
fails 4 'nobody' 'so is a plant' stack canaries
sed -i '/^Plant/d' "$P/canaries/expected"
fails 4 'field "Plant" is missing' 'so is a canary without' stack canaries
finish
