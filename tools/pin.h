/* SPDX-License-Identifier: GPL-2.0-only */
/* configs/pin: the one kernel that everything here is about. */
#ifndef PIN_H
#define PIN_H

#include <stdbool.h>

#include "git.h"
#include "hash.h"

struct pin {
	char *version;		/* as "make kernelversion" prints it */
	struct hash sha256;	/* of Debian's orig tarball */
	struct oid tree;	/* git tree of all its files */
	struct oid commit;	/* the base commit that we make of it */
	char *date;		/* its author and committer date, "<seconds> +0000" */
	char *debian;		/* source package, "linux=<version>" */
	char *suite;		/* the Debian suite that has it */
	char *upstream;		/* URL of kernel.org's tarball */
	char **left_out;	/* paths of upstream's that Debian leaves out */
	size_t nleft_out;
};

int pin_read(struct pin *pin, const char *root);
void pin_free(struct pin *pin);

bool pin_leaves_out(const struct pin *pin, const char *path);

#endif
