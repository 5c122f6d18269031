/* SPDX-License-Identifier: GPL-2.0-only */
/* BUDGET=: how long a command may work. */
#ifndef BUDGET_H
#define BUDGET_H

/* The seconds of BUDGET=<minutes>, 0 when it is not set.  ST_USAGE when it is no number. */
int budget(double *seconds);

#endif
