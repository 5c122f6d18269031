/* SPDX-License-Identifier: GPL-2.0-only */
/* Words of others, shown so that a terminal does nothing but print them. */
#ifndef PLAIN_H
#define PLAIN_H

#include <stddef.h>
#include <stdio.h>

/*
 * Print @len bytes of @text to @f: control characters but tab and newline, those of
 * Unicode's C1 too, as "\\x1b".
 */
void plain_print(FILE *f, const char *text, size_t len);

/* Print each line of @text indented, to standard output, a newline at its end. */
void plain_lines(const char *text);

#endif
