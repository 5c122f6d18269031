/* SPDX-License-Identifier: GPL-2.0-only */
/* Text of patches and logs, fit to be shown anywhere. */
#ifndef CLEAN_H
#define CLEAN_H

/*
 * @text as valid UTF-8, without anything that is not seen but changes what is seen:
 * control characters become their pictures (U+2400 and up), and bytes that are no
 * UTF-8, other controls, what turns the direction of writing, separators of lines and
 * noncharacters become U+FFFD.  Tab and newline stay.  The caller frees.
 */
char *clean(const char *text);

#endif
