// SPDX-License-Identifier: GPL-2.0-only
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "status.h"
#include "verdict.h"

static const char *const kinds[] = {
	[V_PASS] = "pass", [V_WARN] = "warn", [V_FAIL] = "fail",
	[V_SKIP] = "skip", [V_FLAKY] = "flaky", [V_VOID] = "void",
};

static const char *const failures[] = {
	[FAIL_NONE] = "", [FAIL_APPLY] = "apply", [FAIL_STYLE] = "style",
	[FAIL_CONFIG] = "config", [FAIL_BUILD] = "build", [FAIL_LINK] = "link",
	[FAIL_BOOT] = "boot", [FAIL_PANIC] = "panic", [FAIL_TEST] = "test",
	[FAIL_TIMEOUT] = "timeout", [FAIL_INFRA] = "infra",
};

int verdict(struct verdict *v, enum verdict_kind kind, enum failure failure,
	    const char *fmt, ...)
{
	va_list ap;
	size_t len;
	FILE *f;

	free(v->text);
	v->kind = kind;
	v->failure = failure;
	f = xmemstream(&v->text, &len);
	va_start(ap, fmt);
	vfprintf(f, fmt, ap);
	va_end(ap);
	fclose(f);
	return ST_OK;
}

void verdict_free(struct verdict *v)
{
	free(v->text);
	free(v->from);
	free(v->event);
	*v = (struct verdict){ 0 };
}

char *verdict_line(const struct verdict *v)
{
	size_t len = strcspn(v->text, "\n");
	const char *next = v->text + len + (v->text[len] == '\n');

	if (!len || v->text[len - 1] != ':' || !*next)
		return xstrndup(v->text, len);
	return xasprintf("%.*s %.*s", (int)len, v->text, (int)strcspn(next, "\n"), next);
}

const char *verdict_name(enum verdict_kind kind)
{
	return kinds[kind];
}

const char *failure_name(enum failure failure)
{
	return failures[failure];
}
