// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "mem.h"
#include "run.h"
#include "status.h"

extern char **environ;

static sigset_t waited;			/* what sigwaitinfo() is for */
static sigset_t inherited;		/* what our children get back */

enum { grace = 3 };			/* seconds from SIGTERM to SIGKILL */

static bool leaks(const char *var)
{
	static const char *const prefixes[] = {
		"GIT_", "B4_", "LC_", "LANG", "TZ=", "XDG_", "HOME=", "EMAIL=",
		"MAKEFLAGS=", "MFLAGS=", "MAKELEVEL=", "PYTHON",
	};

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
		if (!strncmp(var, prefixes[i], strlen(prefixes[i])))
			return true;
	return false;
}

static void clean_environment(const char *home, const char *name, const char *email)
{
	char **to = environ;

	for (char **from = environ; *from; from++)
		if (!leaks(*from))
			*to++ = *from;
	*to = NULL;
	setenv("HOME", home, 1);
	setenv("TZ", "UTC", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("GIT_CONFIG_COUNT", "2", 1);
	setenv("GIT_CONFIG_KEY_0", "user.name", 1);
	setenv("GIT_CONFIG_VALUE_0", name, 1);
	setenv("GIT_CONFIG_KEY_1", "user.email", 1);
	setenv("GIT_CONFIG_VALUE_1", email, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
	setenv("GIT_ATTR_NOSYSTEM", "1", 1);
	setenv("GIT_TERMINAL_PROMPT", "0", 1);
	setenv("GIT_PAGER", "cat", 1);
	setenv("GIT_EDITOR", "false", 1);
}

void run_init(const char *home, const char *name, const char *email)
{
	sigemptyset(&waited);
	sigaddset(&waited, SIGINT);
	sigaddset(&waited, SIGTERM);
	sigaddset(&waited, SIGHUP);
	sigaddset(&waited, SIGALRM);
	sigaddset(&waited, SIGCHLD);
	sigprocmask(SIG_BLOCK, &waited, &inherited);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);	/* a write that fails can be told */
	clean_environment(home, name, email);
}

int interrupted(void)
{
	static bool said;
	sigset_t pending;

	sigpending(&pending);
	if (!said && !sigismember(&pending, SIGINT) &&
	    !sigismember(&pending, SIGTERM) && !sigismember(&pending, SIGHUP))
		return sigismember(&pending, SIGALRM) ? ST_INTERRUPTED : ST_OK;
	if (!said)
		fail(ST_INTERRUPTED, "stopped; run again to go on from here");
	said = true;
	return ST_INTERRUPTED;
}

void run_for(double seconds)
{
	long long us = seconds > 0 && seconds < 1e-6 ? 1 : seconds * 1e6;
	struct itimerval once = {
		.it_value = { .tv_sec = us / 1000000, .tv_usec = us % 1000000 },
	};

	setitimer(ITIMER_REAL, &once, NULL);
}

int run_for_end(int err)
{
	static const struct timespec now;
	sigset_t over;

	run_for(0);
	sigemptyset(&over);
	sigaddset(&over, SIGALRM);
	if (sigtimedwait(&over, NULL, &now) < 0 || err != ST_INTERRUPTED)
		return err;
	return interrupted();
}

static int memory_file(const char *text)
{
	int fd = memfd_create("stack", MFD_CLOEXEC);
	size_t len = text ? strlen(text) : 0;

	if (fd < 0)
		return -1;
	for (ssize_t n; len; text += n, len -= n) {
		n = write(fd, text, len);
		if (n < 0) {
			close(fd);
			return -1;
		}
	}
	lseek(fd, 0, SEEK_SET);
	return fd;
}

/* What is in a memory file, or its first @most bytes unless that is 0. */
static char *memory_text(int fd, size_t most, size_t *len)
{
	struct stat st = { 0 };
	ssize_t n = 0;
	char *text;

	fstat(fd, &st);
	if (most && (size_t)st.st_size > most)
		st.st_size = most;
	text = xcalloc(st.st_size + 1, 1);
	for (*len = 0; *len < (size_t)st.st_size; *len += n) {
		n = pread(fd, text + *len, st.st_size - *len, *len);
		if (n <= 0)
			break;
	}
	close(fd);
	return text;
}

static void become(const struct run *r, pid_t parent, int in, int out, int err, int failed)
{
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	/* It may have died before that. */
	if (getppid() != parent)
		_exit(127);
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, &inherited, NULL);
	if (in >= 0)
		dup2(in, STDIN_FILENO);
	if (out >= 0)
		dup2(out, STDOUT_FILENO);
	if (err >= 0)
		dup2(err, STDERR_FILENO);
	for (size_t i = 0; r->env && r->env[i]; i++)
		putenv((char *)r->env[i]);
	if (!r->dir || !chdir(r->dir))
		execvp(r->argv[0], (char *const *)r->argv);
	(void)!write(failed, &errno, sizeof(errno));
	_exit(127);
}

/* Fork and exec; *@pid is valid only with ST_OK. */
static int start(const struct run *r, int in, int out, int err, pid_t *pid)
{
	pid_t self = getpid();
	int said[2], why = 0;

	if (pipe2(said, O_CLOEXEC))
		return fail_errno(ST_INFRA, "pipe for %s", r->argv[0]);
	*pid = fork();
	if (!*pid)
		become(r, self, in, out, err, said[1]);
	close(said[1]);
	if (*pid < 0) {
		close(said[0]);
		return fail_errno(ST_INFRA, "cannot start %s", r->argv[0]);
	}
	setpgid(*pid, *pid);
	if (read(said[0], &why, sizeof(why)) != sizeof(why))
		why = 0;
	close(said[0]);
	if (!why)
		return ST_OK;
	waitpid(*pid, NULL, 0);
	errno = why;
	if (why == ENOENT && !(r->dir && access(r->dir, X_OK)))
		return fail(ST_INFRA, "missing tool: %s is not in PATH; `make setup` installs what is needed",
			    r->argv[0]);
	return fail_errno(ST_INFRA, "cannot run %s in %s", r->argv[0],
			  r->dir ? r->dir : ".");
}

/* Seconds of the monotonic clock, from now on. */
static struct timespec deadline_in(unsigned int seconds)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += seconds;
	return t;
}

/* What is left until @deadline; false when it is over. */
static bool time_left(const struct timespec *deadline, struct timespec *left)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	left->tv_sec = deadline->tv_sec - now.tv_sec;
	left->tv_nsec = deadline->tv_nsec - now.tv_nsec;
	if (left->tv_nsec < 0) {
		left->tv_sec--;
		left->tv_nsec += 1000000000;
	}
	return left->tv_sec >= 0;
}

/* Whether @pid has ended.  It stays a zombie, so nobody else gets its number. */
static bool has_ended(pid_t pid)
{
	siginfo_t info = { 0 };

	return waitid(P_PID, pid, &info, WEXITED | WNOHANG | WNOWAIT) || info.si_pid;
}

/* End a process group: first politely, then for certain; the status is its leader's. */
static void take_down(pid_t pid, int *st)
{
	struct timespec end = deadline_in(grace), left;
	sigset_t child;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	kill(-pid, SIGTERM);
	while (!has_ended(pid) && time_left(&end, &left))
		sigtimedwait(&child, NULL, &left);
	kill(-pid, SIGKILL);
	waitpid(pid, st, 0);
}

/* Whether one of the memory files of its two outputs has grown to more than is wanted. */
static bool has_flooded(const struct run *r, const int *fds)
{
	struct stat st;

	for (int i = 0; r->most && i < 2; i++)
		if (!fstat(fds[i], &st) && (size_t)st.st_size > r->most)
			return true;
	return false;
}

/* Whether @r has had enough of time or words. */
static bool is_over(struct run *r, const int *fds, const struct timespec *end,
		    struct timespec *left)
{
	r->timed_out = r->timeout && !time_left(end, left);
	r->flooded = has_flooded(r, fds);
	return r->timed_out || r->flooded;
}

/* How long to wait for a signal before looking again; NULL: for ever. */
static const struct timespec *patience(const struct run *r, const struct timespec *left)
{
	static const struct timespec often = { .tv_nsec = 50000000 };

	if (r->most && (!r->timeout || left->tv_sec || left->tv_nsec > often.tv_nsec))
		return &often;
	return r->timeout ? left : NULL;
}

/*
 * Reap @pid, which writes to two memory files @fds, or take it down when we are told
 * to stop or it is over.
 */
static int reap(pid_t pid, const int *fds, struct run *r)
{
	struct timespec end = deadline_in(r->timeout), left = { 0 };
	int st = 0;

	r->timed_out = r->flooded = false;
	for (;;) {
		pid_t got = waitpid(pid, &st, WNOHANG);
		int sig;

		if (got == pid)
			break;
		if (got < 0)
			return fail_errno(ST_INFRA, "lost a child process");
		if (interrupted()) {
			take_down(pid, &st);
			return ST_INTERRUPTED;
		}
		if (is_over(r, fds, &end, &left)) {
			take_down(pid, &st);
			break;
		}
		sig = sigtimedwait(&waited, NULL, patience(r, &left));
		if (sig > 0 && sig != SIGCHLD)
			raise(sig);	/* pending again, for interrupted() */
	}
	r->flooded = r->flooded || has_flooded(r, fds);
	r->status = WIFEXITED(st) ? WEXITSTATUS(st) : 128 + WTERMSIG(st);
	return interrupted();
}

static void close_all(const int *fds, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (fds[i] >= 0)
			close(fds[i]);
}

int run(struct run *r)
{
	int fds[3] = { memory_file(r->input), -1, -1 };
	int err = ST_OK;
	size_t len;
	pid_t pid;

	r->out = r->err = NULL;
	if (!r->show) {
		fds[1] = memory_file(NULL);
		fds[2] = memory_file(NULL);
	}
	if (fds[0] < 0 || (!r->show && (fds[1] < 0 || fds[2] < 0))) {
		err = fail_errno(ST_INFRA, "no memory file for %s", r->argv[0]);
	} else {
		err = interrupted();
		if (!err)
			err = start(r, fds[0], fds[1], fds[2], &pid);
		if (!err)
			err = reap(pid, fds + 1, r);
	}
	if (err || r->show) {
		close_all(fds, 3);
		return err;
	}
	close(fds[0]);
	r->out = memory_text(fds[1], r->most, &r->out_len);
	r->err = memory_text(fds[2], r->most, &len);
	return ST_OK;
}

void run_free(struct run *r)
{
	free(r->out);
	free(r->err);
	r->out = r->err = NULL;
}

int feed_start(struct feed *f, const struct run *r)
{
	int in[2], err;

	if (pipe2(in, O_CLOEXEC))
		return fail_errno(ST_INFRA, "pipe for %s", r->argv[0]);
	f->err = memory_file(NULL);
	f->in = in[1];
	err = start(r, in[0], f->err, f->err, &f->pid);
	close(in[0]);
	if (err)
		close_all((int[]){ f->in, f->err }, 2);
	return err;
}

int feed_end(struct feed *f, struct run *r)
{
	size_t len;
	int err;

	close(f->in);
	r->out = NULL;
	err = reap(f->pid, (int[]){ -1, f->err }, r);
	r->err = memory_text(f->err, 0, &len);
	return err;
}

const char *run_why(const struct run *r)
{
	const char *text = r->err && *r->err ? r->err : r->out;
	const char *p;
	char *end;
	int lines = 0;

	if (!text || !*text)
		return "it said nothing";
	for (end = (char *)text + strlen(text); end > text && end[-1] == '\n'; )
		*--end = '\0';
	for (p = end; p > text; p--)
		if (p[-1] == '\n' && ++lines == 8)
			break;
	return p;
}
