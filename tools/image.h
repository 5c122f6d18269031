/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernels that came of builds: each kept once, whatever commit it is of. */
#ifndef IMAGE_H
#define IMAGE_H

#include "hash.h"
#include "kbuild.h"

/*
 * Keep the image that boots and the modules of @k in build/prove/images/<hash>/,
 * as "image" and by their base names, with a modules.order of those; @h is over
 * the content of all of them.
 */
int image_keep(const struct kbuild *k, struct hash *h);

/* That directory; the caller frees. */
char *image_dir(const struct project *p, const struct hash *h);

#endif
