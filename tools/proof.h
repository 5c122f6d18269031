/* SPDX-License-Identifier: GPL-2.0-only */
/* The applied stack, and what is known of it: where judging begins. */
#ifndef PROOF_H
#define PROOF_H

#include "store.h"
#include "work.h"

struct proof {
	struct work work;
	struct store *store;
};

/* As work_open(), with everything applied and the store open; then proof_close() in any case. */
int proof_open(struct proof *p, const char *root);
void proof_close(struct proof *p);

#endif
