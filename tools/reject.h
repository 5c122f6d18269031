/* SPDX-License-Identifier: GPL-2.0-only */
/* Why a patch does not apply, for the person who has to mend it. */
#ifndef REJECT_H
#define REJECT_H

#include "patch.h"
#include "project.h"

/*
 * Say which file and hunk of @patch does not apply to the index of p->apply,
 * what the patch expects there and what the tree has.  @said is what git am
 * said, used where git apply finds nothing wrong.  Returns ST_APPLY.
 */
int reject_explain(const struct project *p, const struct patch *patch,
		   const char *said);

#endif
