// SPDX-License-Identifier: GPL-2.0-only
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "progress.h"
#include "run.h"
#include "status.h"
#include "t/test.h"

static int shell(struct run *r, const char *script, unsigned int timeout)
{
	const char *argv[] = { "sh", "-c", script, NULL };

	*r = (struct run){ .argv = argv, .timeout = timeout };
	return run(r);
}

/* Whether the process whose number @text is has gone, within a second. */
static bool gone(const char *text)
{
	pid_t pid = atoi(text);

	for (int i = 0; pid > 1 && i < 100; i++) {
		if (waitpid(pid, NULL, WNOHANG) == pid || kill(pid, 0))
			return true;
		usleep(10000);
	}
	return false;
}

static void plain(void)
{
	struct run r;

	check(!shell(&r, "echo out; echo err >&2; exit 3", 0) && r.status == 3,
	      "the exit status is told");
	check(!strcmp(r.out, "out\n") && r.out_len == 4 && !strcmp(r.err, "err\n"),
	      "both outputs are kept apart");
	run_free(&r);
	check(!shell(&r, "kill -KILL $$", 0) && r.status == 128 + SIGKILL && !r.timed_out,
	      "a signal is 128 and its number");
	run_free(&r);
	check(!shell(&r, "echo soon", 30) && !r.status && !r.timed_out,
	      "who ends in time has not timed out");
	run_free(&r);
	check(!shell(&r, "exit 0 <&-", 0) && !r.status, "no timeout is no timeout");
	run_free(&r);
}

static void limited(void)
{
	double begin = progress_clock();
	struct run r;
	int err;

	run_for(0.2);
	err = shell(&r, "sleep 30", 0);
	check(err == ST_INTERRUPTED && progress_clock() - begin < 20,
	      "what runs is stopped when the time for all is over");
	check(interrupted() == ST_INTERRUPTED, "nothing is begun then");
	check(!run_for_end(err) && !interrupted(), "until that ends, which is no interruption");
	run_for(30);
	check(!shell(&r, "exit 0", 0) && run_for_end(ST_FAILED) == ST_FAILED,
	      "who ends before is not stopped, and other failures stay");
	run_free(&r);
}

static void floods(void)
{
	double begin = progress_clock();
	struct run r = { .argv = (const char *[]){ "yes", NULL }, .most = 1 << 20 };

	check(!run(&r) && r.flooded && !r.timed_out && r.status == 128 + SIGTERM,
	      "who prints too much is taken down");
	check(r.out_len == 1 << 20 && !strncmp(r.out, "y\ny\n", 4), "and the first of it is kept");
	check(progress_clock() - begin < 10, "soon");
	run_free(&r);
	r.argv = (const char *[]){ "sh", "-c", "yes >&2", NULL };
	r.timeout = 60;
	check(!run(&r) && r.flooded && !r.timed_out && strlen(r.err) == 1 << 20,
	      "on the other output, too");
	run_free(&r);
	r.argv = (const char *[]){ "sh", "-c", "yes | head -c 1048577", NULL };
	check(!run(&r) && r.flooded && r.out_len == 1 << 20, "and who may have ended by then");
	run_free(&r);
	r.argv = (const char *[]){ "sh", "-c", "yes | head -c 1048576", NULL };
	check(!run(&r) && !r.flooded && r.out_len == 1 << 20, "but not who prints as much as he may");
	run_free(&r);
}

static void timeouts(void)
{
	double begin = progress_clock();
	struct run r;

	check(!shell(&r, "echo before; sleep 60; echo after", 1) && r.timed_out,
	      "who does not end is taken down");
	check(!strcmp(r.out, "before\n"), "what it printed until then is kept");
	check(r.status == 128 + SIGTERM, "politely at first");
	run_free(&r);
	check(progress_clock() - begin < 3, "as soon as its time is over");

	check(!shell(&r, "sleep 60 & echo $!; trap '' TERM; sleep 60", 1) && r.timed_out,
	      "who does not listen is taken down, too");
	check(r.status == 128 + SIGKILL, "for certain then");
	check(gone(r.out), "and what it started goes with it");
	run_free(&r);

	check(!shell(&r, "(trap '' TERM; sleep 60) & echo $!; sleep 60", 1) && gone(r.out),
	      "a child that does not listen goes when its parent has");
	run_free(&r);
}

static void missing(void)
{
	const char *argv[] = { "no-such-tool-here", NULL };
	struct run r = { .argv = argv };

	check(run(&r) == ST_INFRA, "a tool that is not there is an error of its own");
	argv[0] = "true";
	r = (struct run){ .argv = argv, .dir = "/no/such/directory" };
	check(run(&r) == ST_INFRA, "so is a directory that is not there");
}

static void interruption(void)
{
	struct run r;

	check(shell(&r, "kill -INT $PPID; sleep 60", 0) == ST_INTERRUPTED,
	      "a signal to us ends what we run");
	check(shell(&r, "true", 0) == ST_INTERRUPTED, "and nothing is run after it");
}

int main(void)
{
	/* Messages of the errors we provoke would only confuse who reads a failure. */
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	dup2(null, STDERR_FILENO);
	prctl(PR_SET_CHILD_SUBREAPER, 1);	/* for gone() */
	run_init("/tmp", "A Tester", "tester@example.org");
	plain();
	limited();
	floods();
	timeouts();
	missing();
	interruption();
	return test_end();
}
