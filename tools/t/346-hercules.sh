#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# An emulator that is fetched and built, from a source package that is as good.
source=$(realpath "$(dirname "$0")/../..")
. "$(dirname "$0")/kernels.sh"

if [ ! -e /usr/share/keyrings/debian-archive-keyring.gpg ]; then
	skip 'hercules' 'debian-archive-keyring is not installed'
	finish
fi

# Its program says what stands in a file that the patch changes.
h=$T/hercules-9
mkdir -p "$h"
echo unpatched >"$h/dat.h"
echo unpatched >"$h/service.c"
cat >"$h/configure" <<'END'
#!/bin/sh
echo "prefix=${2#--prefix=}" >config.mk
END
cat >"$h/Makefile" <<'END'
include config.mk
all:
	{ echo '#!/bin/sh'; echo "echo `cat dat.h` `cat service.c`"; } >hercules
	chmod +x hercules
install:
	mkdir -p $(DESTDIR)$(prefix)/bin
	cp hercules $(DESTDIR)$(prefix)/bin
END
chmod +x "$h/configure"
tar -C "$T" -czf "$T/archive" hercules-9
cp -r "$source/tools/hercules" "$P/tools/"
cat >"$P/tools/hercules/esop.diff" <<'END'
--- dat.h.orig
+++ dat.h
@@ -1 +1 @@
-unpatched
+patched
END
sed 's/dat.h/service.c/g; s/+patched/+too/' "$P/tools/hercules/esop.diff" \
	>"$P/tools/hercules/console.diff"
cat >"$P/configs/hercules" <<END
Debian-Source: hercules=9-1
Debian-Suite: none
Sha256: $(sha256sum <"$T/archive" | cut -d' ' -f1)
END
fake apt-get <<END
case \$* in
*indextargets*) echo 'http://example.org/debian Debian' ;;
*update*) ;;
*source*hercules=9-1*) [ -e "$T/archive" ] || { echo 'E: gone' >&2; exit 100; }
	cp "$T/archive" hercules_9.orig.tar.gz ;;
*) exit 100 ;;
esac
END

ok 'hercules is built' stack hercules
program=$(cat "$T/out")
ok 'into the cache' [ "${program#"$XDG_CACHE_HOME/linux-series/hercules-"}" != "$program" ]
ok 'with the patches' [ "$("$program")" = 'patched too' ]
mv "$T/archive" "$T/away"
ok 'it stays there' stack hercules
says 'for the next run' "^$program\$"
rm -r "$(dirname "$(dirname "$program")")"
ok 'its source, too' stack hercules
rm -r "$XDG_CACHE_HOME"/linux-series/hercules*
fails 6 'hercules cannot be had here: apt-get source.*E: gone' 'no source' stack hercules
says 'but what else would do' "is taken from $XDG_CACHE_HOME/linux-series/hercules.orig.tar.gz"
ok 'leaves nothing' [ -z "$(ls -d "$XDG_CACHE_HOME"/linux-series/hercules* 2>/dev/null)" ]

# A machine that runs on it.
machine sie x86_64
sed -i 's/^Run: .*/Launcher: hercules\nRun: {emulator} {kernel} {initramfs} {cmdline}/' \
	"$P/configs/machines/sie"
echo 'Special: it is slow' >>"$P/configs/machines/sie"
mkdir -p "$P/tools/launch"
cat >"$P/tools/launch/hercules" <<END
#!/bin/sh
"\$1" >>"$T/ran"
exec sh "$T/emulator" sie "\$2" "\$3" "\$4"
END
chmod +x "$P/tools/launch/hercules"
commit 'a machine on hercules'
fails 1 '' 'without it a machine' prove
says 'proves nothing' '^base console@sie: void (infra)'
says 'and says why' 'hercules cannot be had here: apt-get source'
says 'and what to do' '`make hercules` tries again'
ok 'it was tried once' [ "$(grep -c '^build hercules:' "$T/err")" -eq 1 ]
mv "$T/away" "$T/archive"
ok 'with it' prove
ok 'it is run' grep -q '^patched' "$T/ran"
echo 'broken' >"$P/tools/hercules/esop.diff"
fails 6 'hercules cannot be had here: ' 'a patch that does not apply' stack hercules
printf 'x' >>"$T/archive"
rm -r "$XDG_CACHE_HOME"/linux-series/hercules*
fails 6 'another sha256 than configs/hercules' 'another source is refused' stack hercules
finish
