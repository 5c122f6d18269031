/* SPDX-License-Identifier: GPL-2.0-only */
/* Memory that is there or the program ends, and scopes that clean up. */
#ifndef MEM_H
#define MEM_H

#include <stddef.h>
#include <stdio.h>

/* All of these end the program with ST_INFRA when memory runs out. */
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t n, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* open_memstream(3); the caller closes the stream, then frees *@p. */
FILE *xmemstream(char **p, size_t *len);

/*
 * Make room for one more element at the end of a growing array of @n elements
 * and evaluate to a pointer to it, zeroed.  The caller counts.
 */
#define array_more(array, n) \
	((array) = array_grow((array), (n), sizeof(*(array))), &(array)[(n)])
void *array_grow(void *array, size_t n, size_t size);

/* Declare a pointer with this and it is freed at the end of its scope. */
#define autofree __attribute__((cleanup(free_pointer)))
void free_pointer(void *p);

#endif
