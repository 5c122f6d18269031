/* SPDX-License-Identifier: GPL-2.0-only */
/* Whether a configuration has what was asked for. */
#ifndef KCONFIG_H
#define KCONFIG_H

/*
 * The lines of @fragment ("CONFIG_A=y", "# CONFIG_B is not set") that do not hold
 * in @config, the text of a .config, with what is there instead, one to a line; a
 * later line for an option replaces an earlier one.  NULL when all hold; the
 * caller frees.
 */
char *kconfig_dropped(const char *fragment, const char *config);

#endif
