/* SPDX-License-Identifier: GPL-2.0-only */
/* How a person comes to a verdict: commands for the project's directory. */
#ifndef ASK_H
#define ASK_H

#include "plan.h"

/* `make test`, on no machine that @j does not need; the caller frees. */
char *ask_test(const struct job *j);

/* What the verdict of @j is and depends on; the caller frees. */
char *ask_explain(const struct job *j);

#endif
