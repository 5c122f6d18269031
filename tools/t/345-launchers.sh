#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Machines whose emulator a launcher starts.
. "$(dirname "$0")/kernels.sh"

# launcher VERSION: one that says so of its emulator, and starts the one of kernels.sh.
launcher() {
	mkdir -p "$P/tools/launch"
	cat >"$P/tools/launch/emu" <<-END
	#!/bin/sh
	if [ "\$1" = --version ]; then
		echo $1
		exit
	fi
	exec sh "$T/emulator" "\$@"
	END
	chmod +x "$P/tools/launch/emu"
}
machine odd x86_64
sed -i 's/^Run: .*/Launcher: emu\nRun: odd {kernel} {initramfs} {cmdline}/' "$P/configs/machines/odd"
echo 'Special: it is slow' >>"$P/configs/machines/odd"
launcher 'emu 2.7'
commit 'a machine with a launcher'
ok 'a machine with a launcher is asked about' prove
ok 'what it starts' stack explain base console@odd
says 'is judged' '^base console@odd: pass'
ok 'after all machines that are not special' [ "$(tail -n 1 "$T/booted")" = odd ]
ok 'prove again' prove
ok 'it is known' [ "$(asked)" -eq 0 ]

echo '# another' >>"$P/tools/launch/emu"
ok 'with another launcher' prove
ok 'it is asked again' [ "$(grep -c "@odd .* \.\.\.$" "$T/err")" -eq 3 ]
launcher 'emu 2.8'
ok 'with another emulator' prove
ok 'too' [ "$(grep -c "@odd .* \.\.\.$" "$T/err")" -eq 3 ]
ok 'in another guest' booted 1

echo 'Needs: emu 2.8' >>"$P/configs/machines/odd"
ok 'one that is new enough' prove
says 'is one' '^odd  *kselftest-build console'
ok 'that runs' booted 1
sed -i 's/^Needs: .*/Needs: emu 3.0/' "$P/configs/machines/odd"
ok 'one that is too old' prove
ok 'is not started' booted 0
ok 'and why' stack explain base console@odd
says 'is said' 'emu 2.8 is installed here, and this machine needs emu 3.0'
launcher 'emu 3.0'
ok 'when it is there' prove
ok 'it is' booted 1

sed -i '/^Needs/d' "$P/configs/machines/odd"
launcher ''
fails 1 '' 'an emulator that is not there' prove
says 'proves nothing' 'console@odd: void.*infra'
says 'and how to have it is said' 'emu is not installed; `make setup`'
rm "$P/tools/launch/emu"
fails 4 'configs/machines/odd: Launcher: there is no tools/launch/emu' \
	'a launcher that is not there is refused' prove
restore
finish
