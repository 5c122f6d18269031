# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2034
# What the tests in this directory share.  Each is run as <test> OBJECTS LEVEL TREE
# (tools/outside.h) and prints KTAP.
#
# Guests are emulated, never run by KVM: the processor is one that QEMU does not know,
# its features come from setcpuid=, and writes to MSRs that QEMU lacks are ignored.

objects=$1
level=$2
kernel=$objects/arch/x86/boot/bzImage
image=$objects/vmlinux

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

number=0
failed=0

begin()
{
	echo TAP version 13
	[ -e "$kernel" ] && return
	echo "Bail out! there is no $kernel"
	exit 1
}

# report STATUS NAME [FILE...]: a result, and of a failure what is in the files
report()
{
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number $2"
		return
	fi
	_name=$2
	shift 2
	[ $# -eq 0 ] || sed 's/^/# /' "$@"
	echo "not ok $number $_name"
	failed=1
}

finish()
{
	echo "1..$number"
	exit $failed
}

# address SYMBOL: 16 digits, or nothing
address()
{
	[ -e "$work/symbols" ] || nm "$image" >"$work/symbols"
	sed -n "s/ [A-Za-z] $1\$//p" "$work/symbols"
}

# initramfs PROGRAM FILE...: the program is the init, the files lie beside it
initramfs()
{
	{
		echo 'dir /dev 755 0 0'
		echo 'dir /proc 755 0 0'
		echo 'dir /sys 755 0 0'
		echo 'nod /dev/console 600 0 0 c 5 1'
		echo "file /init $1 755 0 0"
		shift
		for _file; do
			echo "file /${_file##*/} $_file 644 0 0"
		done
	} >"$work/list"
	"$objects/usr/gen_init_cpio" "$work/list" >"$work/initramfs"
}

# compile NAME SOURCE...: $work/NAME, which needs nothing else
compile()
{
	_to=$work/$1
	shift
	${CC:-gcc} -O2 -Wall -static -o "$_to" "$@"
}

# guest DIR CPU THREADS WORDS [ARGUMENT...]: leaves DIR/console, and in DIR/memory
# what the guest's memory was at its end
guest()
{
	_dir=$1 _cpu=$2 _threads=$3 _words=$4
	shift 4
	timeout 120 qemu-system-x86_64 -accel tcg -cpu "$_cpu" -smp "$_threads,threads=$_threads" \
		-object "memory-backend-file,id=memory,size=256M,share=on,mem-path=$_dir/memory" \
		-machine q35,memory-backend=memory -m 256M -nodefaults -no-user-config \
		-display none -serial "file:$_dir/console" -no-reboot \
		-kernel "$kernel" -initrd "$work/initramfs" \
		-append "console=ttyS0 nokaslr panic=-1 no_timer_check kunit.enable=0 no_hash_pointers $_words" \
		"$@" >"$_dir/qemu" 2>&1
}

# bytes ADDRESS COUNT FILE: where the kernel's image has them in a guest's memory,
# as nokaslr leaves it: the first byte of memory is at ffffffff80000000
bytes()
{
	tail -c +$((0x${1#ffffffff} - 0x80000000 + 1)) "$3" | head -c "$2"
}
