// SPDX-License-Identifier: GPL-2.0-only
/*
 * Golden logs: t/logs/<case>/log is a console's text, and t/logs/<case>/expected has
 * what is to be found in it, three lines each for the console, KUnit and the tests:
 *
 *	<part>: <verdict> <failure class>: <words in the verdict's text>
 *
 * A case's first line may be "# status <n>" or "# timeout": how the emulator ended.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "guest.h"
#include "initramfs.h"
#include "mem.h"
#include "modules.h"
#include "run.h"
#include "status.h"
#include "t/test.h"

static const char *const parts[] = {
	[GUEST_CONSOLE] = "console", [GUEST_KUNIT] = "kunit", [GUEST_TESTS] = "tests",
};

/* Judge @part of @g and hold it against a line of an expected file. */
static void check_line(const char *name, const struct guest *g, char *line)
{
	char *part = strsep(&line, ":"), *kind = strsep(&line, ":");
	struct verdict v = { 0 };
	autofree char *got = NULL, *what = xasprintf("%s: %s:%s", name, part, kind);
	int i = 0;

	while (i < 3 && strcmp(part, parts[i]))
		i++;
	if (i == 3 || !kind || !line) {
		check(false, what);
		return;
	}
	guest_judge(g, i, NULL, &v);
	got = xasprintf(" %s%s%s", verdict_name(v.kind), v.failure ? " " : "",
			failure_name(v.failure));
	line += strspn(line, " ");
	if (strcmp(got, kind) || !strstr(v.text, line))
		printf("# got%s: %s\n", got, v.text);
	check(!strcmp(got, kind) && strstr(v.text, line), what);
	verdict_free(&v);
}

static void check_case(const char *logs, const char *name)
{
	autofree char *log = xasprintf("%s/%s/log", logs, name);
	autofree char *path = xasprintf("%s/%s/expected", logs, name);
	autofree char *text = NULL, *expected = NULL;
	struct guest g = { .said = "" };
	char *rest, *line;

	if (file_read(log, &text, NULL) || file_read(path, &expected, NULL)) {
		check(false, name);
		return;
	}
	g.text = text;
	rest = expected;
	while ((line = strsep(&rest, "\n"))) {
		if (!strncmp(line, "# status ", 9))
			g.status = atoi(line + 9);
		else if (!strcmp(line, "# timeout"))
			g.timed_out = true;
		else if (*line)
			check_line(name, &g, line);
	}
}

static void golden(const char *logs)
{
	char **names;
	size_t n;

	check(!dir_names(logs, &names, &n) && n, "there are golden logs");
	for (size_t i = 0; i < n; i++)
		check_case(logs, names[i]);
	names_free(names, n);
}

/* A machine whose emulator is a line of shell. */
static struct machine machine_of(char *script)
{
	static char *word[] = { "sh", "-c", NULL, "{kernel}", "{initramfs}" };
	struct machine m = { .cmdline = "", .boot = 1, .scale = 2, .clock = 1, .run = { word, 5 } };

	word[2] = script;
	return m;
}

static bool judged(const struct guest *g, enum guest_part part, const char *const *names,
		   enum verdict_kind kind, enum failure failure)
{
	struct verdict v = { 0 };
	bool same;

	guest_judge(g, part, names, &v);
	same = v.kind == kind && v.failure == failure;
	if (!same)
		printf("# got %s %s: %s\n", verdict_name(v.kind), failure_name(v.failure), v.text);
	verdict_free(&v);
	return same;
}

static void machines(const char *logs)
{
	autofree char *pass = xasprintf("cat %s/pass/log; test $0 = k -a $1 = i", logs);
	struct machine m = machine_of(pass);
	struct guest g;

	check(!guest_run(&g, &m, "k", "i", 1), "a guest runs");
	check(judged(&g, GUEST_CONSOLE, NULL, V_PASS, FAIL_NONE), "and got to its end");
	guest_free(&g);

	m = machine_of("echo no such machine >&2; exit 1");
	check(!guest_run(&g, &m, "k", "i", 1) &&
	      judged(&g, GUEST_TESTS, NULL, V_VOID, FAIL_INFRA), "an emulator that fails is infra");
	guest_free(&g);

	m = machine_of("echo booting; exec sleep 60");
	check(!guest_run(&g, &m, "k", "i", 0) && g.timed_out && g.seconds < 5 &&
	      judged(&g, GUEST_TESTS, NULL, V_FAIL, FAIL_TIMEOUT), "a guest that hangs is taken down");
	guest_free(&g);

	m = machine_of("printf 'guest: begin\n'; yes 'WARNING: more'");
	check(!guest_run(&g, &m, "k", "i", 60) && g.flooded && g.seconds < 30 &&
	      judged(&g, GUEST_CONSOLE, NULL, V_VOID, FAIL_BOOT), "so is one that floods its console");
	guest_free(&g);
	m = machine_of("head -c 20000000 /dev/zero | tr '\\0' x");
	check(!guest_run(&g, &m, "k", "i", 60) && g.flooded &&
	      judged(&g, GUEST_TESTS, NULL, V_VOID, FAIL_BOOT), "in one line, too");
	guest_free(&g);

	m = machine_of("printf 'a\\000b'");
	check(!guest_run(&g, &m, "k", "i", 0) && !strcmp(g.text, "a b"),
	      "a NUL does not hide what follows it");
	guest_free(&g);

	m.run.word[0] = "no-such-emulator-here";
	check(guest_run(&g, &m, "k", "i", 0) == ST_INFRA, "no emulator is an error");
	m.run.word[0] = "sh";
}

static void names(const char *logs)
{
	static const char *const there[] = { "example", NULL };
	static const char *const missing[] = { "example", "ptr_ring", NULL };
	static const char *const skipped[] = { "skip", NULL };
	autofree char *path = xasprintf("%s/pass/log", logs);
	autofree char *text = NULL;
	struct guest g = { .said = "" };

	check(!file_read(path, &text, NULL), "the log that passes");
	g.text = text;
	check(judged(&g, GUEST_KUNIT, there, V_PASS, FAIL_NONE), "a suite that was asked for ran");
	check(judged(&g, GUEST_KUNIT, missing, V_VOID, FAIL_TEST), "one that did not is missed");
	check(judged(&g, GUEST_TESTS, skipped, V_VOID, FAIL_TEST), "so is a test that skipped");
}

static void put_module(const char *dir, const char *name, const char *depends)
{
	autofree char *path = xasprintf("%s/%s", dir, name);
	char data[100] = "ELF";
	size_t n = 4 + snprintf(data + 4, sizeof(data) - 4, "depends=%s", depends) + 1;

	file_write(path, data, n);
}

static void put_order(const char *dir, const char *text)
{
	autofree char *path = xasprintf("%s/modules.order", dir);

	file_write(path, text, strlen(text));
}

static void modules(void)
{
	char dir[] = "/tmp/guest_test.XXXXXX", *lacking[] = { "kvm-intel" };
	struct machine m = { .without = { lacking, 1 } };
	struct modules mods;

	check(mkdtemp(dir), "a directory to work in");
	check(!modules_read(&mods, dir, &m) && !mods.n, "a kernel without modules has none");
	put_module(dir, "vhost_net.ko", "tun,v-host");
	put_module(dir, "v_host.ko", "");
	put_module(dir, "tun.ko", "");
	put_module(dir, "kvm_intel.ko", "");
	put_module(dir, "on-intel.ko", "kvm-intel");
	put_order(dir, "on-intel.o\nkvm_intel.o\nvhost_net.o\nv_host.o\ntun.o\n");
	check(!modules_read(&mods, dir, &m) && mods.n == 3, "those that cannot load are left out");
	check(strstr(mods.path[0], "/tun.ko") && strstr(mods.path[1], "/v_host.ko") &&
	      strstr(mods.path[2], "/vhost_net.ko"), "the others come after what they need");
	modules_free(&mods);
	put_order(dir, "vhost_net.ko\ntun.ko\n");
	check(modules_read(&mods, dir, &m) == ST_INFRA, "one that is needed and not built is an error");
	modules_free(&mods);
	put_module(dir, "tun.ko", "vhost_net");
	put_order(dir, "vhost_net.o\nv_host.o\ntun.o\n");
	check(modules_read(&mods, dir, &m) == ST_INFRA, "so is a circle");
	modules_free(&mods);
	put_order(dir, "gone.o\n");
	check(modules_read(&mods, dir, &m) == ST_INFRA, "so is one that is not there");
	modules_free(&mods);
	tree_remove(dir);
}

/* What a guest is given, but for its kernel. */
static void initramfs(const char *root)
{
	char dir[] = "/tmp/guest_test.XXXXXX", *expected[] = { "/dev/kvm" };
	autofree char *init = NULL, *path = NULL, *order = NULL, *data = NULL;
	struct machine m = { .scale = 3, .expects = { expected, 1 } };
	struct guest_test test[] = {
		{ .name = "one", .program = "/bin/true", .args = "-x 1", .seconds = 5 },
		{ .name = "two", .program = "/bin/true", .seconds = 6 },
	};
	size_t len;

	check(mkdtemp(dir), "a directory to work in");
	init = xasprintf("%s/init", dir);
	path = xasprintf("%s/cpio", dir);
	order = xasprintf("%s/modules.order", dir);
	put_module(dir, "tun.ko", "");
	file_write(order, "tun.o\n", 6);
	check(!initramfs_init(root, "gcc", init), "the init compiles");
	check(!initramfs_write(path, init, &m, dir, test, 2) && !file_read(path, &data, &len),
	      "an initramfs is written");
	check(memmem(data, len, "one 15 /test1/true -x 1\ntwo 18 /test2/true ", 43),
	      "it lists the tests, with more time under emulation");
	check(memmem(data, len, "modules/tun.ko", 15) && memmem(data, len, "/dev/kvm\n", 9),
	      "the modules and what is expected");
	tree_remove(dir);
}

/* The directory of this program's source. */
static char *source_dir(void)
{
	char *dir = xstrdup(__FILE__), *slash = strrchr(dir, '/');

	*slash = '\0';
	return dir;
}

int main(void)
{
	autofree char *dir = source_dir();
	autofree char *logs = xasprintf("%s/t/logs", dir), *root = xasprintf("%s/..", dir);
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	dup2(null, STDERR_FILENO);
	run_init("/tmp", "A Tester", "tester@example.org");
	golden(logs);
	machines(logs);
	names(logs);
	modules();
	initramfs(root);
	return test_end();
}
