// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "console.h"
#include "mem.h"

enum {
	CONTEXT = 20,		/* lines shown of a complaint, */
	WIDTH = 500,		/* and bytes of each */
};

/* How a complaint begins, or with @inside what stands somewhere in it; the first that fits counts. */
static const struct pattern {
	const char *text;
	enum console_kind kind;
	bool inside;
} patterns[] = {
	{ "Kernel panic", CONSOLE_PANIC },
	{ "PANIC: ", CONSOLE_PANIC },
	{ "BUG: soft lockup", CONSOLE_STALL },
	{ "BUG: workqueue lockup", CONSOLE_STALL },
	{ "Watchdog detected hard LOCKUP", CONSOLE_STALL, true },
	{ "INFO: task ", CONSOLE_STALL },
	{ "INFO: rcu", CONSOLE_STALL },
	{ "kthread starved for", CONSOLE_STALL, true },
	{ "printk messages dropped", CONSOLE_LOST, true },
	{ "output lines suppressed due to ratelimiting", CONSOLE_LOST, true },
	{ "BUG: ", CONSOLE_SPLAT },
	{ "BUG ", CONSOLE_SPLAT },
	{ "kernel BUG at ", CONSOLE_SPLAT },
	{ "WARNING: ", CONSOLE_SPLAT },
	{ "Oops", CONSOLE_SPLAT },
	{ "Internal error: ", CONSOLE_SPLAT },
	{ "general protection fault", CONSOLE_SPLAT },
	{ "Unable to handle kernel", CONSOLE_SPLAT },
	{ "unchecked MSR access error: ", CONSOLE_SPLAT },
	{ "INFO: possible ", CONSOLE_SPLAT },
	{ "INFO: trying to register non-static key", CONSOLE_SPLAT },
	{ "UBSAN: ", CONSOLE_SPLAT },
	{ "ODEBUG: ", CONSOLE_SPLAT },
	{ "list_add corruption", CONSOLE_SPLAT },
	{ "list_del corruption", CONSOLE_SPLAT },
	{ "unreferenced object ", CONSOLE_SPLAT },
	{ "new suspected memory leaks", CONSOLE_SPLAT, true },
	{ "unregister_netdevice: waiting for ", CONSOLE_SPLAT },
	{ "sysfs: cannot create duplicate filename ", CONSOLE_SPLAT },
};

static bool is_stamp(char c)
{
	return isdigit((unsigned char)c) || c == '.' || c == ' ' || c == 'T' || c == 'C';
}

bool console_is_stamped(const char *line)
{
	size_t digits;

	if (*line++ != '[')
		return false;
	line += strspn(line, " ");
	digits = strspn(line, "0123456789");
	return digits && line[digits] == '.';
}

/* What follows the time stamp that printk put in front, and the caller's number. */
static const char *skip_stamp(const char *line)
{
	const char *p = line;

	while (*p == '[') {
		for (p++; is_stamp(*p); p++)
			;
		if (*p++ != ']')
			return line;
	}
	return p > line && *p == ' ' ? p + 1 : line;
}

char *console_line(const char **text)
{
	size_t len = strcspn(*text, "\n");
	char *line, *to;
	const char *from;

	if (!**text)
		return NULL;
	line = xstrndup(*text, len);
	*text += len + ((*text)[len] == '\n');
	for (from = to = line; *from; from++)
		if (*from != '\r')
			*to++ = *from;
	*to = '\0';
	from = skip_stamp(line);
	memmove(line, from, strlen(from) + 1);
	return line;
}

/* What follows "rcu: ", "watchdog: " and the like. */
static const char *skip_source(const char *line)
{
	const char *p = line;

	while (islower((unsigned char)*p) || isdigit((unsigned char)*p) || *p == '_')
		p++;
	return p > line && p[0] == ':' && p[1] == ' ' ? p + 2 : line;
}

static enum console_kind kind_of(const char *line)
{
	const char *inner = skip_source(line);

	if (line[strspn(line, " ")] == '#')
		return CONSOLE_CLEAN;
	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
		const struct pattern *p = &patterns[i];
		size_t n = strlen(p->text);

		if (!strncmp(line, p->text, n) || !strncmp(inner, p->text, n) ||
		    (p->inside && strstr(line, p->text)))
			return p->kind;
	}
	return CONSOLE_CLEAN;
}

/* @line and what follows it in @text, to the end of its trace. */
static char *context(const char *line, const char *text)
{
	char *all, *next;
	size_t len;
	FILE *f = xmemstream(&all, &len);

	fprintf(f, "%.*s", WIDTH, line);
	for (int i = 1; i < CONTEXT && (next = console_line(&text)); i++) {
		bool end = !strncmp(next, "---[ end ", 9) || next[0] == '#';

		if (!end)
			fprintf(f, "\n%.*s", WIDTH, next);
		free(next);
		if (end)
			break;
	}
	fclose(f);
	return all;
}

static int rank(enum console_kind kind)
{
	static const int ranks[] = {
		[CONSOLE_CLEAN] = 0, [CONSOLE_STALL] = 1, [CONSOLE_LOST] = 2,
		[CONSOLE_SPLAT] = 3, [CONSOLE_PANIC] = 3,
	};

	return ranks[kind];
}

void console_scan(struct console *c, const char *text)
{
	char *line;

	*c = (struct console){ 0 };
	while ((line = console_line(&text))) {
		enum console_kind kind = kind_of(line);

		if (rank(kind) > rank(c->kind)) {
			console_free(c);
			c->kind = kind;
			c->line = xstrndup(line, WIDTH);
			c->context = context(line, text);
		} else if (kind == CONSOLE_PANIC) {
			c->kind = kind;
		}
		free(line);
	}
}

void console_free(struct console *c)
{
	free(c->line);
	free(c->context);
	*c = (struct console){ 0 };
}
