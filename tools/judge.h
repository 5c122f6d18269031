/* SPDX-License-Identifier: GPL-2.0-only */
/* What the checks of a build have in common. */
#ifndef JUDGE_H
#define JUDGE_H

#include "built.h"
#include "verdict.h"

/* Who is listened to: masks for warnings_new(). */
#define HEAR(by) (1u << (by))

/* Have @pt built, and judge that. */
int judge_point(const struct kbuild_point *pt,
		int (*judge)(const struct kbuild_point *pt, const struct built *b,
			     struct verdict *v),
		struct verdict *v);

/*
 * Judge complaints by @by in @now that are not in @before: true, with @v set to a
 * failure of class @failure, when there are any.
 */
bool judge_new(const struct said *now, const struct said *before, unsigned int by,
	       enum failure failure, struct verdict *v);

/*
 * Judge what keeps stricter runs from proving anything about @pt: true, with @v
 * set, when there is no patch, no kernel, or no object that it touches.
 */
bool judge_strict(const struct kbuild_point *pt, const struct built *b, struct verdict *v);

/* The first of @n objects that was not compiled, as far as @said tells; NULL: all were. */
const char *judge_left_over(const struct said *said, const char *const *object, size_t n);

/* Set @v to void: the kernel of @r was not made, so @what was not found out. */
int judge_void(const struct result *r, const char *what, struct verdict *v);

#endif
