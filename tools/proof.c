// SPDX-License-Identifier: GPL-2.0-only
#include "proof.h"
#include "status.h"

int proof_open(struct proof *p, const char *root)
{
	int err;

	p->store = NULL;
	if ((err = work_open(&p->work, root)) || (err = work_configs(&p->work)) ||
	    (err = work_all(&p->work)))
		return err;
	return store_open(&p->store, p->work.project.store);
}

void proof_close(struct proof *p)
{
	store_close(p->store);
	work_close(&p->work);
}
