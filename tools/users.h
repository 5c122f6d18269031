/* SPDX-License-Identifier: GPL-2.0-only */
/* What is made of a source file. */
#ifndef USERS_H
#define USERS_H

#include <stdbool.h>
#include <stddef.h>

/* A source file and what is made of it. */
struct user {
	char *source;		/* below the source directory */
	char *object;		/* an object; or a generated file, like asm-offsets.s */
};

struct users {
	struct user *user;
	size_t n;
};

/*
 * Everything in @dir that depends on one of the @n files @source, by the
 * dependencies that the compiler wrote.  The caller frees.
 */
int users_find(const char *dir, char *const *source, size_t n, struct users *us);
int users_read(struct users *us, const char *path);
int users_write(const struct users *us, const char *path);
void users_free(struct users *us);

/* Whether anything is made of @source. */
bool users_have(const struct users *us, const char *source);

/* The objects, each once, sorted; the array is the caller's, its strings are not. */
void users_objects(const struct users *us, const char ***object, size_t *n);

/*
 * The same of those that stricter compilers and checkers are asked about: all that
 * are made of other files than headers, and 40 of each header's, evenly from among
 * those of the kernel proper when it has more.  What a header says it says in each,
 * and a header that all include would have all compiled once more.  modpost's own
 * objects are left out: make has no rule for one of them.
 */
void users_sample(const struct users *us, const char ***object, size_t *n);

#endif
