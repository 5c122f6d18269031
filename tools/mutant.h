/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mutants: one defect each, in kunit/<slug>/mutants/<name>.diff or selftests/<slug>/
 * mutants/<name>.diff, that a test of that series has to catch at its tip.  What stands
 * above the diff is its description, and may hold lines
 *
 *	Test: <slug>/<program>	the kselftest that catches it, or the test that looks at
 *				the kernel from outside (outside.h); the others are not run
 *	On: <machine>		where; else where the question is answered first
 *	Runs: <n>		how often it is run, for a defect that shows by chance
 *	Words: <text>		more for the kernel's command line, as in a soak (soak.h)
 *
 * Those in mutants/unseen/ have no test that could see them, and say why; they have to
 * apply, and are not run.
 */
#ifndef MUTANT_H
#define MUTANT_H

#include "check.h"
#include "store.h"

struct mutant {
	char *name;			/* "kunit/<slug>/<name>", "selftests/<slug>/<name>" */
	char *path;
	char *test;			/* NULL: all are run */
	char *words;			/* NULL: none */
	unsigned int runs;
	const struct check *check;	/* the question, on the machine, that has to fail */
	struct subject subject;		/* the tip with it */
	struct key key;
	struct verdict verdict;		/* V_PASS: caught; the text says by what, and how often */
	bool judged;
};

struct mutants {
	struct checks checks;
	struct mutant *mutant;
	size_t n;
};

/*
 * The mutants of @slug, or of all series when it is NULL, planted on the applied
 * stack of @w, with what @st knows.  The caller calls mutants_free() in any case.
 */
int mutants_make(struct mutants *all, const struct work *w, const char *slug,
		 struct store *st);
void mutants_free(struct mutants *all);

/* Run the tests against it, and keep in @st what came of it. */
int mutant_run(struct mutant *m, struct store *st);

#endif
