// SPDX-License-Identifier: GPL-2.0-only
/*
 * The one process that a guest starts.  It mounts what tests expect, loads the
 * modules of /modules/order, sees that what /expects names is there, runs the
 * tests of /tests one after another and powers off.
 *
 *	/modules/order	file names in /modules, in the order to load them
 *	/expects	"<path>", or "<path>=<its first line>"
 *	/tests		"<name> <seconds> <program> <argument>..."
 *
 * each one a line, and each file may be missing.  Everything is said through
 * /dev/kmsg, so that lines are whole, in order with the kernel's own, and on the
 * console when the machine stops.  What it says, in this order:
 *
 *	guest: begin
 *	KTAP version 1
 *	1..<number of tests>
 *	# <line>				that the test printed
 *	ok <n> <name>				or "# SKIP", when its status was 4
 *	not ok <n> <name> # <why>		exit=<status>, signal=<number>, TIMEOUT <s> seconds
 *	guest: end <number of tests> <lines>	that the kernel's log has had before
 *
 * A console with fewer lines has lost some.  When the log itself has, it says "unknown"
 * instead.
 * "guest: problem: <what>" means that the kernel is not what was asked for, "guest: unfit:
 * <what>" that the machine is not, "guest: stuck: <test>" that a killed process does
 * not end.  It powers off at once then, without an end line; or it ends itself, which is
 * a panic, when that waits for a device that the stuck process has.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	SKIPPED = 4,		/* the exit status, as kselftest has it */
	LINE = 800,		/* bytes; a record of the kernel's log takes 1000 */
	WORDS = 64,
	UNKILLABLE = 10,	/* seconds until a killed process counts as stuck */
};

static int kmsg = -1;

/* The kernel's log as it is read here, to count what the console should have. */
static struct {
	int fd;			/* -1: not yet, or lost count */
	int records;
	int lines;
} logged = { .fd = -1 };

/* A test that runs: what it printed since the last newline. */
struct output {
	int fd;
	char line[LINE + 1];
	size_t len;
};

static void lose_count(void)
{
	close(logged.fd);
	logged.fd = -1;
}

/*
 * A record is "<priority>,<number>,...;<text>", where the text's own newlines are "\\x0a"
 * (Documentation/ABI/testing/dev-kmsg).  Numbers begin with 0.
 */
static void count_lines(char *record)
{
	char *at = strchr(record, ';');
	int number;

	if (!at || sscanf(record, "%*d,%d", &number) != 1 || number != logged.records++) {
		lose_count();
		return;
	}
	at[strcspn(at, "\n")] = '\0';
	for (logged.lines++; (at = strstr(at, "\\x0a")); at++)
		logged.lines++;
}

static void count_log(void)
{
	char record[8192];
	int error = errno;
	ssize_t n;

	while (logged.fd >= 0 && (n = read(logged.fd, record, sizeof(record) - 1)) > 0) {
		record[n] = '\0';
		count_lines(record);
	}
	if (logged.fd >= 0 && errno != EAGAIN)
		lose_count();
	errno = error;
}

static void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static void say(const char *fmt, ...)
{
	char text[LINE + 200];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text) - 1, fmt, ap);
	va_end(ap);
	if (n > (int)sizeof(text) - 2)
		n = sizeof(text) - 2;
	/* The kernel holds a line without an end back until the next one comes. */
	text[n++] = '\n';
	if (write(kmsg, text, n) != n)
		dprintf(STDERR_FILENO, "%.*s", n, text);
	count_log();
}

static void power_off(void) __attribute__((noreturn));
static void power_off(void)
{
	sync();
	reboot(RB_POWER_OFF);
	reboot(RB_HALT_SYSTEM);
	for (;;)
		pause();
}

static void unfit(const char *path, const char *expected, const char *line)
	__attribute__((noreturn));
static void unfit(const char *path, const char *expected, const char *line)
{
	say("guest: unfit: %s should be %s, but is %s", path, expected, line);
	power_off();
}

static void problem(const char *fmt, ...)
	__attribute__((noreturn, format(printf, 1, 2)));
static void problem(const char *fmt, ...)
{
	char text[LINE];
	int error = errno;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	say("guest: problem: %s%s%s", text, error ? ": " : "", error ? strerror(error) : "");
	power_off();
}

static void begin_to_count(void)
{
	logged.fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (logged.fd < 0)
		problem("cannot read /dev/kmsg");
	errno = 0;
}

static void stuck(const char *name) __attribute__((noreturn));
static void stuck(const char *name)
{
	say("guest: stuck: %s", name);
	if (!fork())
		power_off();
	sleep(UNKILLABLE);
	_exit(1);
}

static void mount_one(const char *type, const char *at, bool needed)
{
	mkdir(at, 0755);
	if (mount(type, at, type, 0, NULL) && needed && errno != EBUSY)
		problem("cannot mount %s", at);
	errno = 0;
}

static void mounts(void)
{
	mount_one("devtmpfs", "/dev", true);
	kmsg = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
	if (kmsg < 0)
		problem("no /dev/kmsg");
	mount_one("proc", "/proc", true);
	mount_one("sysfs", "/sys", true);
	mount_one("tmpfs", "/run", true);
	mount_one("tmpfs", "/tmp", true);
	mount_one("tmpfs", "/dev/shm", true);
	mount_one("devpts", "/dev/pts", false);
	mount_one("debugfs", "/sys/kernel/debug", false);
	mount_one("tracefs", "/sys/kernel/tracing", false);
	symlink("/proc/self/fd", "/dev/fd");
	errno = 0;
}

/* A kernel without a network has no lo, and that is all right. */
static void lo_up(void)
{
	struct ifreq ifr = { .ifr_name = "lo" };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd >= 0) {
		ifr.ifr_flags = IFF_UP | IFF_RUNNING;
		if (ioctl(fd, SIOCSIFFLAGS, &ifr))
			problem("cannot bring lo up");
		close(fd);
	}
	errno = 0;
}

/* Call @use for each line of @path but empty ones. */
static int each_line(const char *path, void (*use)(char *line, int nr))
{
	FILE *f = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;
	int n = 0;

	while (f && getline(&line, &size, f) > 0) {
		line[strcspn(line, "\n")] = '\0';
		if (*line && ++n && use)
			use(line, n);
	}
	if (f)
		fclose(f);
	free(line);
	errno = 0;
	return n;
}

/* How much of @word is "<module>.", with '_' for each '-' of the file's name; 0 if none. */
static size_t names_module(const char *word, const char *file)
{
	size_t n = 0;

	while (file[n] && file[n] != '.' && word[n] == (file[n] == '-' ? '_' : file[n]))
		n++;
	return file[n] == '.' && word[n] == '.' ? n + 1 : 0;
}

/* What modprobe would pass on from the kernel's command line. */
static void parameters_of(const char *file, char *to, size_t size)
{
	char words[4096] = "";
	int fd = open("/proc/cmdline", O_RDONLY | O_CLOEXEC);
	size_t used = 0;

	if (fd < 0 || read(fd, words, sizeof(words) - 1) < 0)
		problem("cannot read /proc/cmdline");
	close(fd);
	*to = '\0';
	for (char *word = strtok(words, " \n"); word; word = strtok(NULL, " \n")) {
		size_t n = names_module(word, file);

		if (n && used < size)
			used += snprintf(to + used, size - used, "%s ", word + n);
	}
}

static void load(char *name, int nr)
{
	char path[LINE], parameters[LINE];
	int fd;

	(void)nr;
	snprintf(path, sizeof(path), "/modules/%s", name);
	parameters_of(name, parameters, sizeof(parameters));
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || (syscall(SYS_finit_module, fd, parameters, 0) && errno != EEXIST))
		problem("module %s", name);
	close(fd);
}

static void expect_line(const char *path, const char *expected)
{
	char line[LINE] = "";
	FILE *f = fopen(path, "re");

	if (!f || !fgets(line, sizeof(line), f))
		problem("this kernel should have %s", path);
	fclose(f);
	line[strcspn(line, "\n")] = '\0';
	if (strcmp(line, expected))
		unfit(path, expected, line);
}

static void expect(char *path, int nr)
{
	char *line = strchr(path, '=');

	(void)nr;
	if (line) {
		*line++ = '\0';
		expect_line(path, line);
	} else if (access(path, F_OK)) {
		problem("this kernel should have %s", path);
	}
}

static long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static void flush_line(struct output *o)
{
	o->line[o->len] = '\0';
	say("# %s", o->line);
	o->len = 0;
}

/* Pass on what is there to read; false at the end of it. */
static bool pass_on(struct output *o)
{
	char buf[4096];
	ssize_t n = read(o->fd, buf, sizeof(buf));

	for (ssize_t i = 0; i < n; i++) {
		if (buf[i] == '\n')
			flush_line(o);
		else if (buf[i] && buf[i] != '\r')
			o->line[o->len++] = buf[i];
		if (o->len == LINE)
			flush_line(o);
	}
	return n > 0 || (n < 0 && errno == EAGAIN);
}

static void become(char **argv, int out)
{
	char *slash = strrchr(argv[0], '/');
	sigset_t none;

	setsid();
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	setenv("PATH", "/bin:/sbin:/usr/bin:/usr/sbin", 1);
	setenv("HOME", "/tmp", 1);
	if (slash && slash != argv[0]) {
		*slash = '\0';
		if (chdir(argv[0]))
			dprintf(STDERR_FILENO, "%s: %s\n", argv[0], strerror(errno));
		*slash = '/';
	}
	execv(argv[0], argv);
	dprintf(STDERR_FILENO, "%s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

/* Pass output on until @pid ends or @end has come; whether it ended, with its status. */
static bool follow(struct output *o, pid_t pid, long long end, int *status)
{
	while (now_ms() < end) {
		struct pollfd p = { .fd = o->fd, .events = POLLIN };

		poll(&p, 1, 50);
		if (p.revents)
			pass_on(o);
		if (waitpid(pid, status, WNOHANG) == pid)
			return true;
		if (p.revents & POLLHUP)
			usleep(10000);	/* it lives on, but closed its output */
		count_log();
	}
	return false;
}

/* End every process but ours; each test begins alone. */
static void sweep(const char *name)
{
	long long end = now_ms() + UNKILLABLE * 1000;

	kill(-1, SIGKILL);
	while (waitpid(-1, NULL, WNOHANG) >= 0) {
		if (now_ms() >= end)
			stuck(name);
		usleep(2000);
	}
	errno = 0;
}

static void say_result(int n, const char *name, bool ended, int status, int seconds)
{
	if (!ended)
		say("not ok %d %s # TIMEOUT %d seconds", n, name, seconds);
	else if (WIFSIGNALED(status))
		say("not ok %d %s # signal=%d", n, name, WTERMSIG(status));
	else if (WEXITSTATUS(status) == SKIPPED)
		say("ok %d %s # SKIP", n, name);
	else if (WEXITSTATUS(status))
		say("not ok %d %s # exit=%d", n, name, WEXITSTATUS(status));
	else
		say("ok %d %s", n, name);
}

static void run_test(char **argv, const char *name, int seconds, int nr)
{
	struct output o = { 0 };
	int out[2], status = 0;
	bool ended;
	pid_t pid;

	if (pipe2(out, O_CLOEXEC))
		problem("pipe");
	pid = fork();
	if (!pid)
		become(argv, out[1]);
	close(out[1]);
	if (pid < 0)
		problem("fork");
	o.fd = out[0];
	fcntl(o.fd, F_SETFL, O_NONBLOCK);
	ended = follow(&o, pid, now_ms() + seconds * 1000LL, &status);
	sweep(name);
	while (pass_on(&o))
		;
	if (o.len)
		flush_line(&o);
	close(o.fd);
	say_result(nr, name, ended, status, seconds);
}

static void test(char *line, int nr)
{
	char *name = strtok(line, " "), *seconds = strtok(NULL, " ");
	char *argv[WORDS + 1];
	int n = 0;

	while (n < WORDS && (argv[n] = strtok(NULL, " ")))
		n++;
	argv[n] = NULL;
	if (!n || n == WORDS || atoi(seconds) <= 0)
		problem("line %d of /tests makes no sense", nr);
	run_test(argv, name, atoi(seconds), nr);
}

static void end(int tests) __attribute__((noreturn));
static void end(int tests)
{
	count_log();
	if (logged.fd >= 0)
		say("guest: end %d %d", tests, logged.lines);
	else
		say("guest: end %d unknown", tests);
	power_off();
}

int main(void)
{
	int n;

	if (getpid() != 1) {
		fprintf(stderr, "init: this is for a guest of its own\n");
		return 1;
	}
	signal(SIGPIPE, SIG_IGN);
	mounts();
	lo_up();
	begin_to_count();
	say("guest: begin");
	each_line("/modules/order", load);
	each_line("/expects", expect);
	n = each_line("/tests", NULL);
	say("KTAP version 1");
	say("1..%d", n);
	each_line("/tests", test);
	end(n);
}
