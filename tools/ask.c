// SPDX-License-Identifier: GPL-2.0-only
#include "ask.h"
#include "mem.h"

char *ask_test(const struct job *j)
{
	const char *machine = check_machine(j->check, &j->subject->work->configs);

	return xasprintf("make test%s%s", machine ? " MACHINES=" : "", machine ? machine : "");
}

char *ask_explain(const struct job *j)
{
	return xasprintf("make explain POINT=%s CHECK=%s", j->subject->name, j->check->name);
}
