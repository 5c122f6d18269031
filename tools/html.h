/* SPDX-License-Identifier: GPL-2.0-only */
/* Writing HTML that is XML, too, with text in it that anybody may have written. */
#ifndef HTML_H
#define HTML_H

#include <stdio.h>

/*
 * As fprintf(3), but %s is put through clean() and escaped, for text and for quoted
 * attributes; there is no other conversion than that, %zu and %%.
 */
void html(FILE *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* @text as part of a URL's path or fragment (RFC 3986); the caller frees. */
char *html_url(const char *text);

#endif
