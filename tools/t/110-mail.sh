#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A user's own b4 and git make of the mailboxes what the program makes of them.
. "$(dirname "$0")/lib.sh"
project

# A series of all that a patch can be, by an author whose name is not ASCII.
printf 'gamma\nalpha\nbeta\ndelta-2\n' >"$P/series/order"
meta delta-2 carried 11
printf 'What delta is about:\n\n- this and that\n' \
	>"$P/series/delta-2/cover"
author='Zoë Ünïcode whose name does not fit into a header line'
say() { # SUBJECT [BODY]
	git -C "$K" add -A && git -C "$K" commit -q -m "$1" \
		-m "${2:-For a reason.}" -m 'Signed-off-by: A Tester <tester@example.org>'
}
work() { (
	export GIT_AUTHOR_NAME="$author" \
		GIT_AUTHOR_EMAIL='a-long-address-of-zoe@a-long-domain-of-zoe.example.org' \
		GIT_AUTHOR_DATE='1711111111 +0530'
	cd "$K" || exit 1
	echo 'new' >kernel/new.c && say 'new: a file'
	printf 'no newline' >kernel/eof.c && say 'eof: a file without a last newline'
	printf 'no newline\nbut one' >kernel/eof.c && say 'eof: still without'
	: >kernel/empty.c && say 'empty: an empty file'
	chmod +x kernel/two.c && say 'two: a mode'
	git mv kernel/two.c kernel/deux.c && sed -i '5s/two/deux/' kernel/deux.c && say 'deux: a rename'
	git rm -q kernel/new.c && say 'new: goes again'
	sed -i '1,3d' kernel/one.c &&
		say 'one: a subject that is so long that it does not fit into a header line of a mail, by far'
	printf '\ttab\n trailing \n\n' >>kernel/one.c && say 'one: white space of all sorts'
	export GIT_AUTHOR_DATE='1711111112 -0800'
	seq 400 >kernel/long.c && say 'long: many lines' 'Größe: "µ" – and a dash.
> quoted
  indented'
	printf '\000\001\002' >kernel/bin && say 'bin: no text at all'
); }
ok 'a series of odd patches is begun' stack checkout delta-2
ok 'committed' work
ok 'and written' stack refresh delta-2
ok 'eleven patches' [ "$(wc -l <"$P/series/delta-2/series")" -eq 11 ]
ok 'the author is as in the commits' [ "$(git -C "$K" log -1 --format='%an %ad' --date=raw stack/delta-2)" = \
	"$author 1711111112 -0800" ]
ok 'all mailboxes are written' stack mbox
says 'and named' "^$P/build/mbox/delta-2.mbx\$"

head_is() { [ "$(git rev-parse HEAD)" = "$(git -C "$K" rev-parse "stack/$1")" ]; }
is_lock() { [ "$(git rev-parse 'HEAD^{tree}') $(tail -n 1 "$P/series/$1/series")" = "$(tail -n 1 "$P/series/$1/lock")" ]; }
parent() {
	case $1 in
	alpha) echo base ;;
	beta) echo stack/alpha ;;
	*) echo stack/beta ;;
	esac
}
from_mail() { # SLUG: by b4 am in a plain clone of somebody's
	mkdir "$T/mail" && cd "$T/clone" && git checkout -q --detach "$(git -C "$K" rev-parse "$(parent "$1")")" &&
		user env GIT_CONFIG_COUNT=2 GIT_CONFIG_KEY_0=user.name GIT_CONFIG_VALUE_0=Somebody \
			GIT_CONFIG_KEY_1=user.email GIT_CONFIG_VALUE_1=somebody@example.org \
			b4 --offline-mode am -m "$P/build/mbox/$1.mbx" -o "$T/mail" &&
		user git -c user.name='A Tester' -c user.email=tester@example.org \
			am -q --committer-date-is-author-date "$T"/mail/*.mbx
	_done=$?
	rm -rf "$T/mail"
	[ $_done -eq 0 ] && is_lock "$1" && head_is "$1"
}
shazam() { # SLUG: as the README says, with nothing but build/linux's configuration
	cd "$K" && git checkout -q --detach "$(parent "$1")" &&
		user b4 --offline-mode shazam -m "$P/build/mbox/$1.mbx" && is_lock "$1" && head_is "$1"
}
plain_shazam() { # SLUG: in a clone that knows nothing of us
	cd "$T/clone" && git checkout -q --detach "$(git -C "$K" rev-parse "$(parent "$1")")" &&
		user env GIT_CONFIG_COUNT=3 GIT_CONFIG_KEY_0=user.name GIT_CONFIG_VALUE_0='A Tester' \
			GIT_CONFIG_KEY_1=user.email GIT_CONFIG_VALUE_1=tester@example.org \
			GIT_CONFIG_KEY_2=b4.shazam-am-flags GIT_CONFIG_VALUE_2=--committer-date-is-author-date \
			b4 --offline-mode shazam -m "$P/build/mbox/$1.mbx" && is_lock "$1" && head_is "$1"
}
from_patches() { # SLUG [OPTION...]
	_slug=$1
	shift
	cd "$T/clone" && git checkout -q --detach "$(git -C "$K" rev-parse "$(parent "$_slug")")" &&
		user git -c user.name='A Tester' -c user.email=tester@example.org \
			am -q "$@" "$P/patches/$_slug"/*.patch && is_lock "$_slug"
}
ok 'a plain clone' git clone -q "$K" "$T/clone"
git -C "$T/clone" fetch -q "$P/build/apply" '+refs/heads/*:refs/remotes/stack/*'
for slug in alpha beta delta-2; do
	ok "b4 am and git am of $slug give the lock's tree and our ids" from_mail $slug
	ok "b4 shazam of $slug in build/linux too" shazam $slug
	ok "and in a plain clone" plain_shazam $slug
	ok "git am of patches/$slug too" from_patches $slug --committer-date-is-author-date
	ok 'to the id' head_is $slug
done
ok 'git am as it is gives the tree' from_patches alpha
ok 'but other ids: the dates decide them' [ "$(git -C "$T/clone" rev-parse HEAD)" != "$(git -C "$K" rev-parse stack/alpha)" ]

ok 'the mails are numbered for a list' grep -c '^Subject: \[PATCH v3 [01][0-9]/11\] ' "$P/build/mbox/delta-2.mbx"
ok 'all twelve' [ "$(cat "$T/out")" = 12 ]
ok 'with ids that stay' grep -q '^Message-ID: <delta-2-v3-11@example.org>$' "$P/build/mbox/delta-2.mbx"
ok 'in one thread' [ "$(grep -c '^In-Reply-To: <delta-2-v3-0@example.org>$' "$P/build/mbox/delta-2.mbx")" -eq 11 ]
ok 'the cover tells what changes' grep -q '^ [0-9]* files changed, [0-9]* insertions(+), [0-9]* deletions(-)$' "$P/build/mbox/delta-2.mbx"

rm -rf "$P/build/mbox"
ok 'one mailbox alone' stack mbox beta
ok 'and no other' [ "$(ls "$P/build/mbox")" = beta.mbx ]
fails 2 'no series "nosuch"' 'of a series that is not there' stack mbox nosuch
finish
