#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The verdicts as pages.
. "$(dirname "$0")/kernels.sh"
R=$P/build/report

# pages PYTHON: run that with page[name] the root of each page as XML, and fail with
# what bad() was told.
pages() {
	python3 -c '
import glob, os, re, sys
import xml.etree.ElementTree as xml
X = "{http://www.w3.org/1999/xhtml}"
dir = sys.argv[1]
page, faults = {}, []
bad = faults.append
for name in sorted(glob.glob(dir + "/*.html")):
    page[os.path.basename(name)] = xml.parse(name).getroot()
if len(page) < 3:
    bad("there are no pages")
def all(root, tag):
    return root.iter(X + tag)
def text(e):
    return "".join(e.itertext())
def has(e, word):
    return word in (e.get("class") or "").split()
exec(sys.argv[2])
if faults:
    sys.exit("\n".join(map(str, faults)))' "$R" "$1"
}

# What holds of all pages.
structure='
for name, root in page.items():
    if not root.get("lang"):
        bad(name + ": no language")
    metas = {m.get("name"): m.get("content") for m in all(root, "meta")}
    if "width=device-width" not in metas.get("viewport", ""):
        bad(name + ": no viewport")
    if len(list(all(root, "h1"))) != 1 or not text(root.find(".//" + X + "title")):
        bad(name + ": no title, or not one first heading")
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    if len(ids) != len(set(ids)):
        bad(name + ": an id that is there twice")
    first = next(all(root, "a"))
    if first.get("href") != "#main" or "main" not in ids:
        bad(name + ": does not begin with a link to what it is about")
    for table in all(root, "table"):
        caption = table.find(X + "caption")
        if caption is None or not text(caption).strip():
            bad(name + ": a table without a caption")
        heads = [th for th in all(table, "th")]
        if not heads or [th for th in heads if th.get("scope") not in ("col", "row")]:
            bad(name + ": a table with a head without a scope")
        columns = len(list(table.find(X + "thead").find(X + "tr")))
        if [tr for tr in all(table, "tr") if len(list(tr)) != columns]:
            bad(name + ": a row that is longer or shorter than its head")
    for tag in ("script", "iframe", "img", "style", "b", "form"):
        if list(all(root, tag)):
            bad(name + ": has <%s>" % tag)
    for e in root.iter():
        for key, value in e.items():
            if key.startswith("on") or key == "style":
                bad(name + ": attribute " + key)
            if key not in ("href", "src"):
                continue
            file, _, anchor = value.partition("#")
            file = file or name
            if not os.path.exists(dir + "/" + file):
                bad(name + ": leads to " + value)
            elif anchor and anchor not in [t.get("id") for t in page[file].iter()]:
                bad(name + ": leads to a place that is not there: " + value)
'

ok 'points are judged' prove
ok 'which writes pages' [ -e "$R/index.html" ]
ok 'one for each point' [ "$(cd "$R" && echo *)" = \
	'alpha-1.html alpha-2.html base.html beta-1.html index.html style.css' ]
cp -r "$R" "$T/first"
ok 'so does make report' stack report
says 'and says where' "^$R/index.html$"
ok 'the same' diff -r "$T/first" "$R"
ok 'they are sound' pages "$structure"
ok 'a cell for each verdict' pages '
cells = [td for td in all(page["index.html"], "td") if has(td, "v")]
if len(cells) != '"$(FORMAT=json stack prove 2>/dev/null | grep -c '"verdict":"')"':
    bad(len(cells))
for td in cells:
    word = td.find(X + "a").get("aria-label")
    if not has(td, word) or text(td).lower() not in word:
        bad("%s is %s" % (text(td), word))'
ok 'colours have contrast' python3 -c '
import re, sys
def light(colour):
    h = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    v = [int(h[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = [x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in v]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
# https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio
def contrast(a, b):
    a, b = sorted((light(a), light(b)))
    return (b + 0.05) / (a + 0.05)
themes = re.findall(r":root \{(.*?)\}", open(sys.argv[1]).read(), re.S)
assert len(themes) == 2
for theme in themes:
    c = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", theme))
    pairs = [(name, "back") for name in ("text", "dim", "link", "fail-back", "flaky")]
    pairs += [(name, name + "-back") for name in ("pass", "warn", "fail", "void", "flaky", "skip")]
    for pair in pairs:
        assert contrast(c[pair[0]], c[pair[1]]) >= 4.5, pair' "$R/style.css"

# The commands of each verdict, "<page> <check> <machine>": those that ask for it.
pages '
for name, root in page.items():
    for row in all(root, "tr"):
        if not row.get("id"):
            continue
        test, explain = text(row.find(".//" + X + "details/" + X + "pre")).split("\n")
        m = re.match(r"make explain POINT=(\S+) CHECK=(\S+)$", explain)
        n = re.match(r"make test(?: MACHINES=(\S+))?$", test)
        if not m or not n or m[1].replace("/", "-") + ".html" != name or m[2] != row.get("id"):
            bad("%s: %s; %s" % (name, test, explain))
        else:
            print(m[1], m[2], n[1] or "-")' >"$T/commands" 2>"$T/err"
ok 'each verdict has its commands' [ "$(wc -l <"$T/commands")" -eq \
	"$(FORMAT=json stack prove 2>/dev/null | grep -c '"verdict":"')" ]
# make explain knows it, and make test with that machine asks it.
commands() {
	for machine in um x86_64; do
		MACHINES=$machine FORMAT=json stack prove >"$T/json.$machine" 2>/dev/null
	done
	FORMAT=json stack prove >"$T/json.-" 2>/dev/null
	for point in base alpha/1 alpha/2 beta/1; do
		stack explain "$point"
	done >"$T/explained"
	while read -r point check machine; do
		grep -q "^$point $check: " "$T/explained" &&
			grep -q "\"point\":\"$point\".*\"check\":\"$check\"" "$T/json.$machine" ||
			echo "$point $check $machine"
	done <"$T/commands"
}
ok 'which are the right ones' [ -z "$(commands)" ]
ok 'and no machine is named for nothing' \
	[ -z "$(sed -n '/@/!{/ -$/!p;};/@/{/ -$/p;}' "$T/commands")" ]

# Text of patches that anybody may have written.
evil=$(printf '\033]0;x\007 \377 \342\200\256 \357\277\277')
sed -i "s|^Subject: .*|Subject: [PATCH] x: <script>alert(1)</script> </title> \"'> \&amp; $evil|
	s|^For a reason.*|]]> <!-- <b> \&lt; <script>alert(2)</script> $evil|" "$P"/patches/beta/0001-*
sed -i 's/^Title: .*/Title: <b>"\&amp;/' "$P/series/beta/meta"
ok 'a patch with markup in it' stack report
ok 'does not change the page' pages "$structure"
ok 'but is text there' pages '
h1 = text(page["beta-1.html"].find(".//" + X + "h1"))
if not h1.startswith("x: <script>alert(1)</script> </title> \"\u0027> &amp; \u241b]0;x\u2407 \ufffd"):
    bad(ascii(h1))
if h1 not in text(page["index.html"]):
    bad("not in the index")
message = [text(e) for e in all(page["beta-1.html"], "pre") if has(e, "message")]
if not message[0].startswith("]]> <!-- <b> &lt; <script>alert(2)</script> \u241b]0;x\u2407"):
    bad(ascii(message))'
fails 1 '' 'what checks say of it' stack prove
ok 'is, too' pages "$structure"'
found = [text(e) for e in all(page["index.html"], "li")]
if not [t for t in found if "beta/1 mail" in t and "<script>alert(1)" in t]:
    bad(found)'
restore

# What is not well comes first.
point "echo 'int x = ;' >>drivers/net/tun.c"
fails 1 '' 'a kernel that does not build' prove
ok 'is in the pages' pages "$structure"'
found = [text(e) for e in all(page["index.html"], "li")]
if not [t for t in found if "beta/2 build@um" in t and "fail (build)" in t]:
    bad(found)
log = text(page["beta-2.html"].find(".//*[@id=\"link@um\"]"))
if "void (build)" not in log or "drivers/net/tun.c" not in log:
    bad(log)'
mv "$R" "$T/second"
ok 'make report recalls what proved nothing' stack report
ok 'as it was' diff -r "$T/second" "$R"
undo
rm -f "$XDG_CACHE_HOME"/linux-series/store.sqlite*
ok 'a report of nothing' stack report
ok 'shows that nothing is judged' pages "$structure"'
index = page["index.html"]
cells = [td for td in all(index, "td") if has(td, "v")]
if len(cells) != 81 or [td for td in cells if not has(td, "left")]:
    bad(len(cells))
if "81 of 81 questions are left" not in text(index):
    bad(text(index))'
ok 'and judges nothing' [ "$(asked)" -eq 0 ]
ok 'pages of points that are gone are gone' [ ! -e "$R/beta-2.html" ]
cp -r "$R" "$T/third"
fails 3 '' 'a run on some machines' env MACHINES=um BUDGET=0.0000001 "$STACK" -C "$P" prove
ok 'leaves the pages alone' diff -r "$T/third" "$R"

# Another kernel than the pinned one.
mkdir "$T/other"
tar -xf "$KERNEL_TARBALL" -C "$T/other" --strip-components=1
echo '// other' >>"$T/other/kernel/two.c"
tarball "$T/other" "$T/other.tar"
other() { env KERNEL_ANY=1 KERNEL_TARBALL="$T/other.tar" "$STACK" -C "$P" "$@"; }
warned() { grep -q 'The base is not the pinned tree' "$R/index.html"; }
ok 'a report' stack report
ok 'of the pinned tree' sh -c '! grep -q "not the pinned tree" "$1"' sh "$R/index.html"
ok 'and of another one' other report
ok 'which says so' warned
finish
