#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What a test does stays in its guest: no machine of configs/ shares anything with this
# one but a serial line, and a guest under UML has no way to the files of its host.
configs=$(realpath "$(dirname "$0")/../../configs")
launch=$(realpath "$(dirname "$0")/../launch")
. "$(dirname "$0")/lib.sh"

# words FILE: the options of the emulator in a machine file.
words() {
	sed -n '/^Run:/,/^[A-Z]/ { /^Run:\|^ /p }' "$1" | tr ' ' '\n' | grep '^-'
}
# shared MACHINE-FILE: the options that are not known to share nothing.
shared() {
	words "$1" | grep -v -x -e '--' -e '-\(accel\|append\|cpu\|device\|display\|drive\|initrd\|kernel\|m\|machine\|no-reboot\|no-user-config\|nodefaults\|object\|serial\|smp\)'
	sed -n '/^Run:/,$p' "$1" | tr '\n' ' ' | grep -o -e '-\(device\|display\|drive\|object\|serial\) *[^ ]*' |
		grep -v -x -e '-device *\(intel-iommu\|pcie-root-port\|x3130-upstream\|xio3130-downstream\|edu\|ivshmem-plain\|nvme\)\(,.*\)\?' \
			-e '-serial *stdio' -e '-display *none' \
			-e '-object *memory-backend-ram,.*' -e '-drive *if=none,id=[a-z0-9]*,file=null-co://,.*'
}
alone() { [ -z "$(shared "$1")" ]; }
# settings LAUNCHER: what it tells its emulator of the machine that it has to make.
settings() {
	sed -n '/^cat >\(bochsrc\|hercules\.cnf\) <<END$/,/^END$/ { /END$/!p }' "$1"
}
# joined LAUNCHER: the settings that are not known to share nothing.
joined() {
	settings "$1" | grep -v -x -e '\(display_library\|romimage\|vgaromimage\|cpu\|memory\|clock\|boot\|log\|panic\|error\|info\): .*' \
		-e 'ata0-master: type=cdrom, path=cd.iso, .*' -e 'com1: .*, mode=file, dev=/dev/fd/3' \
		-e '\(CPUMODEL\|MAINSIZE\|NUMCPU\|ARCHMODE\|CODEPAGE\|OSTAILOR\) .*' -e '0009 3215-C /'
}
apart() { [ -n "$(settings "$1")" ] && [ -z "$(joined "$1")" ]; }
# reaches FRAGMENT: the options by which UML reaches what is outside.
reaches() {
	grep -x -e 'CONFIG_\(HOSTFS\|BLK_DEV_UBD\|UML_NET[A-Z_]*\|UML_PCI[A-Z_]*\|VIRTIO_UML\|MCONSOLE\|UML_SOUND\|UML_WATCHDOG\|SSL\|XTERM_CHAN\|PORT_CHAN\|MMAPPER\)=[ym]' "$1"
}
closed() { ! reaches "$1"; }

n=0
for machine in "$configs"/machines/*; do
	ok "$(basename "$machine") shares nothing" alone "$machine"
	launcher=$(sed -n 's/^Launcher: //p' "$machine")
	if [ -n "$launcher" ]; then
		ok "... nor does what $launcher makes" apart "$launch/$launcher"
		continue
	fi
	case $(sed -n 's/^Run: \([^ ]*\).*/\1/p' "$machine") in
	qemu-*)
		n=$((n + 1))
		ok '... and gets nothing that was not asked for' \
			[ "$(words "$machine" | grep -c -x -e -nodefaults -e -no-user-config)" -eq 2 ] ;;
	'{kernel}') ;;
	*) ok '... is of a kind that is known here' false ;;
	esac
done
ok 'there are machines' [ $n -gt 0 ]
for fragment in "$configs"/kernel/um*.config "$configs"/variant/*.config; do
	ok "$(basename "$fragment") leads nowhere" closed "$fragment"
done

# Both would find it.
sed 's/ -no-reboot/ -no-reboot -virtfs local,path=\/,mount_tag=host/' "$configs/machines/x86_64" >"$T/virtfs"
fails 1 '' 'a directory of this machine would be found' alone "$T/virtfs"
sed 's/ -device intel-iommu/ -device vhost-scsi-pci,wwpn=naa.1/' "$configs/machines/x86_64" >"$T/device"
fails 1 '' 'so would a device of it' alone "$T/device"
sed 's/ -device intel-iommu/ -object memory-backend-file,id=m,size=1M,mem-path=m/' "$configs/machines/x86_64" >"$T/memory"
fails 1 '' 'memory that is a file' alone "$T/memory"
sed 's/ -device intel-iommu/ -drive if=none,id=d,file=disk/' "$configs/machines/x86_64" >"$T/drive"
fails 1 '' 'and a drive that is one' alone "$T/drive"
sed '/^com1: /a ne2k: ioaddr=0x300, irq=9, ethmod=linux, ethdev=eth0' "$launch/bochs" >"$T/network"
fails 1 '' 'what bochs would be given' apart "$T/network"
sed '/^0009 /a 0E20 CTCI 10.0.0.1 10.0.0.2' "$launch/hercules" >"$T/channel"
fails 1 '' 'or hercules' apart "$T/channel"
echo CONFIG_HOSTFS=y >"$T/hostfs"
fails 1 '' 'and the files of the host' closed "$T/hostfs"
finish
