/* SPDX-License-Identifier: GPL-2.0-only */
/* FORMAT=: in which form an outcome is shown. */
#ifndef FORM_H
#define FORM_H

#include "outcome.h"

/* Print all of @o on standard output. */
typedef void form(const struct outcome *o);

/* The form that FORMAT names, report() when it is not set.  ST_USAGE: there is none. */
int form_find(form **to);

#endif
