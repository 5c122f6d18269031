/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What reads words that others wrote, each as a function of those words.  For
 * `make fuzz`, and for the suite, which gives them what was found to matter.
 */
#ifndef READERS_H
#define READERS_H

#include <stddef.h>

struct reader {
	const char *name;	/* of its directory of cases, too: t/cases/<name> */

	/* Read @len bytes; a sanitizer or abort() says what is wrong with that. */
	void (*read)(const char *data, size_t len);
};

/* All of them; the last has no name. */
extern const struct reader readers[];

/* The one called @name, NULL when there is none. */
const struct reader *reader_find(const char *name);

/*
 * Make the small project that the readers of files work in, below the temporary
 * directory; once, before the first is called.  It is removed when the process ends.
 */
void readers_begin(void);

#endif
