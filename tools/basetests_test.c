// SPDX-License-Identifier: GPL-2.0-only
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "basetests.h"
#include "file.h"
#include "mem.h"
#include "status.h"
#include "t/test.h"

static char *root;

static int read_text(struct basetests *t, const char *text)
{
	autofree char *path = xasprintf("%s/configs/kselftests/m", root);

	file_write(path, text, strlen(text));
	return basetests_read(t, root, "m");
}

static bool refused(const char *text)
{
	struct basetests t;
	int err = read_text(&t, text);

	basetests_free(&t);
	return err == ST_INPUT;
}

static void good(void)
{
	struct basetests t;
	autofree char *targets = NULL;

	check(!basetests_read(&t, root, "other") && !t.n, "a machine may have none");
	check(!read_text(&t, "# words\nkvm/one 5\nnet/lib/two 10\n\nkvm/three 7\n") && t.n == 3,
	      "a list is read");
	check(basetests_find(&t, "kvm/three") && basetests_find(&t, "kvm/three")->seconds == 7,
	      "each has its seconds");
	check(!basetests_find(&t, "kvm/thre"), "by its whole name");
	targets = basetests_targets(&t);
	check(!strcmp(targets, "kvm net/lib"), "a target is named once");
	basetests_free(&t);
}

static void malformed(void)
{
	check(refused("kvm/one\n"), "no seconds");
	check(refused("kvm/one 0\n"), "none to run in");
	check(refused("kvm/one 5 s\n"), "words behind");
	check(refused("one 5\n"), "no target");
	check(refused("/one 5\n"), "an empty one");
	check(refused("kvm/ 5\n"), "no program");
	check(refused("kvm/one 5\nkvm/one 6\n"), "one that is listed twice");
}

int main(void)
{
	char dir[] = "/tmp/basetests_test.XXXXXX";
	autofree char *lists = NULL;
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	dup2(null, STDERR_FILENO);
	root = mkdtemp(dir);
	lists = xasprintf("%s/configs/kselftests", root);
	check(!dir_make(lists), "a directory to work in");
	good();
	malformed();
	tree_remove(root);
	return test_end();
}
