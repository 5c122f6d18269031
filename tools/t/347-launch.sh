#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What the launchers hand to their emulators, and what comes back.
launch=$(realpath "$(dirname "$0")/../launch")
. "$(dirname "$0")/lib.sh"
PATH=$T/bin:$PATH
mkdir guest
echo kernel >kernel
printf initramfs >guest/initramfs

# An emulator that shows what it was given.
cat >hercules <<'END2'
#!/bin/sh
cat "$3"
dd if=image bs=1 skip="$((0x10408))" count=16 status=none | od -An -tx1 -v
dd if=image bs=1 skip="$((0x10480))" count=9 status=none | tr '\0' '.'
tail -c 9 image
echo
END2
chmod +x hercules
ok 'hercules is started' "$launch/hercules" "$T/hercules" kernel guest/initramfs 'some word' 2 512 2097
says 'with a machine' '^NUMCPU 2$'
says 'that knows where the initramfs is, and its size' \
	'^ *00 00 00 00 02 00 00 00 00 00 00 00 00 00 00 09$'
says 'what the kernel is told, and the initramfs' 'some word[.]*initramfs$'

if [ ! -e /usr/lib/ISOLINUX/isolinux.bin ]; then
	skip 'bochs' 'isolinux is not installed'
	finish
fi
fake xorriso </dev/null
fake bochs-bin <<'END2'
[ "$1" = --help ] && { echo '     Bochs x86 Emulator 2.7' >&2; exit 1; }
echo 'a screen'
echo 'a console' >/dev/fd/3
grep '^cpu' bochsrc >/dev/fd/4
exit 1
END2
ok 'the version of bochs' "$launch/bochs" --version
says 'is told' '^bochs 2.7$'
ok 'bochs is started' "$launch/bochs" kernel guest/initramfs word 1 512 haswell
says 'its serial line is what is printed' '^a console$'
ok 'and nothing else' [ "$(wc -l <out)" -eq 1 ]
ok 'without features' "$launch/bochs" kernel guest/initramfs word 1 512 sapphire pku,amx
says 'that are named' 'model=sapphire, count=1,.* exclude_features="pku,amx"$'
panics() {
	fake bochs-bin <<-END2
	echo 'a console' >/dev/fd/3
	echo '07625659324p[ACPI  ] >>PANIC<< $1' >/dev/fd/4
	exit 1
	END2
}
panics 'ACPI control: soft power off'
ok 'a power-off is no failure of bochs' "$launch/bochs" kernel guest/initramfs word 1 512 haswell
panics '3rd (14) exception with no resolution'
ok 'nor a triple fault' "$launch/bochs" kernel guest/initramfs word 1 512 haswell
panics 'cannot do that'
fails 1 'cannot do that' 'but what else it panics of is' \
	"$launch/bochs" kernel guest/initramfs word 1 512 haswell
says 'and the console is kept' '^a console$'
fake bochs-bin <<'END2'
kill -KILL $$
END2
fails 137 '' 'a bochs that is killed ends so' \
	"$launch/bochs" kernel guest/initramfs word 1 512 haswell
fake bochs-bin <<'END2'
echo '00000000000p[      ] >>PANIC<< bochsrc:4: cpu directive malformed.'
exit 1
END2
fails 1 'bochsrc:4: cpu directive malformed' 'a bochs that does not begin says why' \
	"$launch/bochs" kernel guest/initramfs word 1 512 haswell
finish
