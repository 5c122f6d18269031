// SPDX-License-Identifier: GPL-2.0-only
/* The checks of builds, on the fake kernel of t/fake. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "git.h"
#include "image.h"
#include "kbuild_checks.h"
#include "mem.h"
#include "status.h"
#include "t/test.h"

static char *top;			/* everything is below it */
static struct project project;
static const char *const all_configs[] = { "x86_64", "x86_64-small", NULL };
static const char *const small_only[] = { "x86_64-small", NULL };

/* The last commits that were made, and what was found at the last. */
static struct oid parent, commit;
static struct verdict found;

static void shell(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static void shell(const char *fmt, ...)
{
	const char *dir = project.apply && dir_exists(project.apply) ? project.apply : top;
	char *text, *line;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		exit(1);
	va_end(ap);
	line = xasprintf("cd %s && set -e && { %s; }", dir, text);
	if (system(line)) {
		printf("Bail out! %s\n", line);
		exit(1);
	}
	free(line);
	free(text);
}

static void put(const char *name, const char *text)
{
	autofree char *path = xasprintf("%s/project/%s", top, name);

	if (file_write(path, text, strlen(text)))
		exit(1);
}

/* A PATH in which there is everything but what a test is about. */
static void make_path(const char *source)
{
	shell("mkdir bin && ln -s /usr/bin/* bin/");
	shell("rm -f bin/sparse bin/ccache && cp %s/tools/t/fake/scripts/sparse bin/", source);
	autofree char *bin = xasprintf("%s/bin", top);
	setenv("PATH", bin, 1);
}

static void make_project(const char *source)
{
	autofree char *cache = xasprintf("%s/cache", top);
	autofree char *root = xasprintf("%s/project", top);

	setenv("XDG_CACHE_HOME", cache, 1);
	shell("mkdir -p project/configs/kernel project/configs/variant");
	put("configs/identity", "Name: A Tester\nEmail: tester@example.org\n");
	put("configs/kernel/x86_64.config", "CONFIG_NET=y\nCONFIG_TUN=y\nCONFIG_TAP=m\n");
	put("configs/variant/small.config", "# CONFIG_TUN is not set\n# CONFIG_TAP is not set\n");
	put("configs/variant/dropped.config", "# CONFIG_NET is not set\n");
	if (project_open(&project, root))
		exit(1);
	shell("mkdir -p %s && cp -r %s/tools/t/fake/. %s && git init -q %s && git init -q --bare %s",
	      project.apply, source, project.apply, project.apply, project.repo);
}

/* Commit what @change, a shell command in the kernel's directory, does to it. */
static void point(const char *change)
{
	parent = commit;
	shell("%s", change);
	shell("git add -A && git commit -q --allow-empty -m 'a change'");
	if (git_resolve(ST_INFRA, project.apply, "HEAD", &commit))
		exit(1);
}

static struct kbuild_point at(const char *config)
{
	return (struct kbuild_point){
		.project = &project, .config = config, .configs = all_configs,
		.commit = &commit, .parent = *parent.hex ? &parent : NULL,
	};
}

/* Whether a check of the last commit comes to this, saying @text among others. */
static bool finds(int (*run_check)(const struct kbuild_point *, struct verdict *),
		  const char *config, enum verdict_kind kind, enum failure failure,
		  const char *text)
{
	struct kbuild_point pt = at(config);

	verdict_free(&found);
	if (!run_check(&pt, &found) && found.kind == kind && found.failure == failure &&
	    strstr(found.text, text))
		return true;
	printf("# %s %s: %s\n", verdict_name(found.kind), failure_name(found.failure),
	       found.text ? found.text : "(no verdict)");
	return false;
}

static bool passes(int (*run_check)(const struct kbuild_point *, struct verdict *))
{
	return finds(run_check, "x86_64", V_PASS, FAIL_NONE, "");
}

/* How many objects the last commit's make compiled; -1 when there was none. */
static int compiled(void)
{
	autofree char *path = xasprintf("%s/prove/x86_64/%.12s.build", project.build,
					commit.hex);
	autofree char *text = NULL;
	int n = 0;

	if (!file_exists(path) || file_read(path, &text, NULL))
		return -1;
	for (const char *s = text; (s = strstr(s, "  CC ")); s++)
		n++;
	return n;
}

static bool image_of(struct hash *h)
{
	struct kbuild_point pt = at("x86_64");
	struct built b;
	bool good = !built_have(&pt, &b) && b.now.made == MADE;

	*h = b.now.image;
	built_free(&b);
	return good;
}

static void test_base(void)
{
	point("true");
	check(passes(check_build_run), "the base is built");
	check(strstr(found.text, "4 objects") && strstr(found.text, "1 known"),
	      "and the complaint that it has is known");
	check(compiled() == 4, "everything was compiled");
	check(passes(check_link_run), "and linked");
	check(finds(check_w1_run, "x86_64", V_SKIP, FAIL_NONE, "no patch"),
	      "there is no patch to be strict with");
	check(finds(check_build_run, "x86_64-dropped", V_FAIL, FAIL_CONFIG,
		    "CONFIG_TUN=y was asked for, CONFIG_TUN=n"),
	      "an option that is dropped is named");
}

static void test_nothing_to_do(void)
{
	point("echo words >README");
	check(passes(check_build_run) && compiled() == 0, "what did not change is not compiled");
	check(finds(check_compiled_run, "x86_64", V_SKIP, FAIL_NONE, ""),
	      "words need not be compiled");
	check(finds(check_w1_run, "x86_64", V_SKIP, FAIL_NONE, ""), "nor with W=1");
	point("true");
	check(passes(check_build_run) && compiled() == -1,
	      "another message of the same tree is not built");
}

static void test_warnings(void)
{
	struct kbuild_point pt;
	struct built b;

	point("sed -i 's/^static int never/\\n\\n&/' kernel/ring.c");
	check(passes(check_build_run) && compiled() == 1,
	      "a complaint that moved by some lines is not new");
	pt = at("x86_64");
	check(!built_have(&pt, &b) && said_by(&b.now.said, "kernel/ring.o") &&
	      !strcmp(said_by(&b.now.said, "kernel/ring.o")->warnings.w[0].since,
		      b.before.said.out ? said_by(&b.before.said, "kernel/ring.o")->warnings.w[0].since : ""),
	      "it is known since when it is there");
	built_free(&b);
	point("echo 'static int forgotten;' >>drivers/net/tun.c");
	check(finds(check_build_run, "x86_64", V_FAIL, FAIL_BUILD, "forgotten"),
	      "a new complaint fails the build");
	point("echo '/* words */' >>init/main.c");
	check(passes(check_build_run) && strstr(found.text, "2 known"),
	      "it is known to the next commit");
	point("sed -i /forgotten/d drivers/net/tun.c");
	check(passes(check_build_run) && strstr(found.text, "1 known"), "it goes away again");
	point("echo 'static int forgotten;' >>drivers/net/tun.c");
	check(finds(check_build_run, "x86_64", V_FAIL, FAIL_BUILD, "forgotten"),
	      "and is new when it comes back");
	point("sed -i /forgotten/d drivers/net/tun.c");
	check(passes(check_build_run), "a mended commit builds");
}

static void test_failures(void)
{
	point("echo 'int x = ;' >>drivers/net/tun.c");
	check(finds(check_build_run, "x86_64", V_FAIL, FAIL_BUILD, "drivers/net/tun.c"),
	      "an error fails the build");
	check(finds(check_link_run, "x86_64", V_VOID, FAIL_BUILD, "nothing was linked"),
	      "and nothing is proved of the link");
	check(finds(check_w1_run, "x86_64", V_VOID, FAIL_BUILD, ""), "nor of the objects");
	point("sed -i /x.=/d drivers/net/tun.c");
	check(passes(check_build_run), "the next commit mends it");
	check(finds(check_w1_run, "x86_64", V_VOID, FAIL_BUILD, "nothing to compare with"),
	      "but there is nothing to compare it with");

	point("printf 'void lost(void);\\nint f(void);\\nint f(void) { lost(); return 0; }\\n' >>init/main.c");
	check(passes(check_build_run), "what is not there compiles");
	check(finds(check_link_run, "x86_64", V_FAIL, FAIL_LINK, "undefined reference to"),
	      "but does not link");
	point("sed -i -e /lost/d -e /int.f/d init/main.c");
	check(passes(check_link_run), "until it is mended");

	point("printf 'void falls_through(void);\\nvoid falls_through(void) {}\\n' >>init/main.c");
	check(finds(check_link_run, "x86_64", V_FAIL, FAIL_LINK, "objtool: falls_through"),
	      "objtool is heard");
	point("printf 'void leaves_init(void);\\nvoid leaves_init(void) {}\\n' >>init/main.c");
	check(finds(check_link_run, "x86_64", V_FAIL, FAIL_LINK, "modpost"), "modpost is heard");

	point("sed -i '2a echo No space left on device; exit 1' scripts/modpost; echo '/* */' >>init/main.c");
	check(finds(check_build_run, "x86_64", V_VOID, FAIL_INFRA, "No space left"),
	      "a full disk proves nothing");
	point("sed -i '3d' scripts/modpost");
	check(passes(check_build_run), "and is no fault of the next commit");
}

static void test_objects(void)
{
	struct hash before, after;

	point("sed -i 's/^static inline/\\n\\n&/' include/linux/ring.h");
	check(finds(check_inert_run, "x86_64", V_PASS, FAIL_NONE, "3 objects"),
	      "lines that move change no object");
	check(image_of(&before), "there is an image");
	point("sed -i 's/used == r/used >= r/' include/linux/ring.h");
	check(finds(check_inert_run, "x86_64", V_FAIL, FAIL_BUILD, "kernel/ring.o"),
	      "code that changes does");
	check(image_of(&after) && strcmp(before.hex, after.hex), "and so does the image");
	before = after;
	point("sed -i 's/return ring_full(r)/return !ring_full(r)/' drivers/net/tap.c");
	check(image_of(&after) && strcmp(before.hex, after.hex), "a module is part of the image");
	before = after;
	point("echo '/* words */' >>drivers/net/tap.c");
	check(passes(check_build_run) && compiled() == 1 && image_of(&after) &&
	      !strcmp(before.hex, after.hex), "words are not");
}

static void test_compiled(void)
{
	struct kbuild_point pt;

	point("echo '/* words */' >>drivers/net/tun.c");
	check(finds(check_compiled_run, "x86_64", V_PASS, FAIL_NONE, ""),
	      "one configuration that compiles it is enough");
	pt = at("x86_64");
	pt.configs = small_only;
	check(!check_compiled_run(&pt, &found) && found.kind == V_FAIL &&
	      found.failure == FAIL_CONFIG && strstr(found.text, "drivers/net/tun.c"),
	      "what none compiles is not proved");
	point("echo '#define LONELIER 2' >>include/linux/lonely.h");
	check(finds(check_compiled_run, "x86_64", V_FAIL, FAIL_CONFIG, "include/linux/lonely.h"),
	      "nor is a header that nothing includes");
	point("git rm -q include/linux/lonely.h");
	check(finds(check_compiled_run, "x86_64", V_SKIP, FAIL_NONE, ""),
	      "what is removed need not be compiled");
}

static void test_strict(void)
{
	point("printf 'void g(void);\\nvoid g(void) { int set; set = 1; }\\n' >>drivers/net/tun.c");
	check(passes(check_build_run), "what only W=1 finds passes the build");
	check(finds(check_w1_run, "x86_64", V_FAIL, FAIL_BUILD, "set but not used"),
	      "and fails W=1");
	check(finds(check_sparse_run, "x86_64", V_PASS, FAIL_NONE, "1 objects"),
	      "sparse runs on what is touched");
	point("echo 'void *nothing = 0;' >>drivers/net/tun.c");
	check(passes(check_w1_run), "what W=1 found is known to the next commit");
	check(finds(check_sparse_run, "x86_64", V_FAIL, FAIL_BUILD, "plain integer"),
	      "what sparse finds is new");
	point("echo '/* words */' >>drivers/net/tun.c");
	check(passes(check_sparse_run), "and known to the next commit");
	point("echo '/* crashes sparse */' >>drivers/net/tun.c");
	check(finds(check_sparse_run, "x86_64", V_VOID, FAIL_INFRA, "did not get to the end"),
	      "a sparse that crashes proves nothing");
	point("sed -i /crashes/d drivers/net/tun.c");
	point("echo '/* words */' >>drivers/net/tun.c");
	shell("mv %s/bin/sparse %s", top, top);
	check(finds(check_sparse_run, "x86_64", V_VOID, FAIL_INFRA, "sparse is not in PATH"),
	      "nor does one that is missing");
	check(passes(check_w1_run), "which W=1 can do without");
	shell("mv %s/sparse %s/bin", top, top);
	check(passes(check_sparse_run), "and when it is there it is asked");
}

/* An option that a test wants from its second patch on is not there. */
static void test_laid(void)
{
	struct laid laid = { .slug = "alpha", .level = 1, .before = 1 };
	struct kbuild_point pt;

	shell("mkdir -p %s/kunit/alpha", project.root);
	put("kunit/alpha/Kconfig", "");
	put("kunit/alpha/Makefile", "");
	put("kunit/alpha/.kunitconfig", "CONFIG_NET=y\n# from patch 2\nCONFIG_LATER=y\n");
	point("echo '/* words */' >>drivers/net/tun.c");
	pt = at("x86_64");
	pt.laid = &laid;
	pt.nlaid = 1;
	check(!check_build_run(&pt, &found) && found.kind == V_PASS,
	      "tests are laid over a point at its level");
	laid.level = 2;
	check(!check_build_run(&pt, &found) && found.failure == FAIL_CONFIG &&
	      strstr(found.text, "CONFIG_LATER"), "and ask for what that level promises");
	shell("cd ../prove/linux && test -z \"$(git status --porcelain)\"");
	check(passes(check_build_run), "without them it is another build");
}

/* As if a make had been killed before it said what it had found in ring.c. */
static void test_cut_off(void)
{
	point("echo '/* words */' >>kernel/ring.c");
	shell("cd ../prove && : >x86_64/warm/said && printf nothing >x86_64/warm/making && sleep 1 && touch linux/o-x86_64/kernel/ring.o");
	point("echo '/* words */' >>init/main.c");
	check(passes(check_build_run) && strstr(found.text, "3 known"),
	      "what a cut off make did not say is asked again");
}

static void test_moved(void)
{
	autofree char *root = xasprintf("%s/elsewhere/project", top);

	check(passes(check_build_run), "(the last commit is built)");
	shell("cd %s && mkdir elsewhere && mv project elsewhere", top);
	free(project.root);
	free(project.build);
	free(project.apply);
	project.root = xstrdup(root);
	project.build = xasprintf("%s/build", root);
	project.apply = xasprintf("%s/build/apply", root);
	point("echo '/* words */' >>drivers/net/tun.c");
	check(passes(check_build_run) && compiled() == 1, "a clone that was moved stays warm");
}

int main(void)
{
	autofree char *source = realpath(".", NULL);
	char name[] = "/tmp/built_test.XXXXXX";

	top = mkdtemp(name);
	make_path(source);
	make_project(source);
	test_base();
	test_nothing_to_do();
	test_warnings();
	test_failures();
	test_objects();
	test_compiled();
	test_strict();
	test_laid();
	test_cut_off();
	test_moved();
	verdict_free(&found);
	project_close(&project);
	tree_remove(top);
	return test_end();
}
