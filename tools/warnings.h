/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What compilers and checkers complain about in a build, and whether it is new.
 * A complaint is known by file, symbol and text, never by its line, so that code
 * which moved complains of nothing new.
 */
#ifndef WARNINGS_H
#define WARNINGS_H

#include <stdbool.h>
#include <stddef.h>

/* Who complains. */
enum speaker {
	BY_COMPILER,		/* gcc, as, and scripts of the kernel's Makefiles */
	BY_SPARSE,
	BY_DOC,			/* kernel-doc */
	BY_OBJTOOL,
	BY_MODPOST,
	BY_LINKER,
	BY_SPATCH,
};

struct warning {
	enum speaker by;
	bool error;
	char *file;		/* in the source tree; an object for objtool and ld */
	char *symbol;		/* the function it is in, "" when none is named */
	char *text;		/* without what moves: lines, columns, offsets */
	char *said;		/* the line as it was said */
	char *since;		/* the commit that brought it; NULL: not known yet */
};

struct warnings {
	struct warning *w;
	size_t n;
};

/* What a line means depends on those before it; begin with { 0 }. */
struct listener {
	char *file;		/* of the last "In function" */
	char *symbol;
	bool sparse;		/* after sparse was started on a file */
};

/*
 * Take one line of output, without its newline.  Returns whether it is a
 * complaint and then adds it to @ws.
 */
bool warnings_hear(struct warnings *ws, struct listener *l, const char *line);

/*
 * Take one line that a semantic patch printed about a file with the content @source.
 * It names no function, so the line of the source that it is about is the symbol:
 * that moves along, and tells two complaints of the same words apart.
 */
bool warnings_hear_spatch(struct warnings *ws, const char *line, const char *source);
void listener_reset(struct listener *l, bool sparse);

void warning_copy(struct warning *to, const struct warning *from);
bool warning_same(const struct warning *a, const struct warning *b);

/* The same complaint in @ws, NULL when it is not there. */
const struct warning *warnings_find(const struct warnings *ws, const struct warning *w);

/*
 * Those of @now by a speaker in the mask @by (1 << BY_...) that are not in
 * @before, each once; the caller frees.
 */
void warnings_new(const struct warnings *now, const struct warnings *before,
		  unsigned int by, struct warnings *fresh);
void warnings_free(struct warnings *ws);

/* As lines for a person, at most @max of them; the caller frees. */
char *warnings_text(const struct warnings *ws, size_t max);

#endif
