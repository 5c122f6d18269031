/* SPDX-License-Identifier: GPL-2.0-only */
/* What a person sees of an outcome. */
#ifndef REPORT_H
#define REPORT_H

#include "outcome.h"

/*
 * Print the matrix of points and checks, what is not well, where the stack is broken
 * for a while, and how many came to what, on standard output.  What is to be read
 * stands last, where a terminal and a CI's log end.
 */
void report(const struct outcome *o);

#endif
