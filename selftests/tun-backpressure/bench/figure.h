/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIGURE_H
#define FIGURE_H

/* Print "# bench <name>/<what> <value> <unit>". */
void figure(const char *name, const char *what, double value, const char *unit);

#endif
