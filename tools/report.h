/* SPDX-License-Identifier: GPL-2.0-only */
/* What a person sees of an outcome. */
#ifndef REPORT_H
#define REPORT_H

#include "outcome.h"

/*
 * Print what is not well, where the stack is broken for a while, the matrix of points
 * and checks, and how many came to what, on standard output.
 */
void report(const struct outcome *o);

#endif
