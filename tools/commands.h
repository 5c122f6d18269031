/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the program can be asked for, a file each (cmd_<name>.c).  @args are the
 * words after the command, ended by NULL; each returns an exit status.
 */
#ifndef COMMANDS_H
#define COMMANDS_H

int cmd_apply(const char *root, char **args);
int cmd_mbox(const char *root, char **args);
int cmd_checkout(const char *root, char **args);
int cmd_refresh(const char *root, char **args);
int cmd_range_diff(const char *root, char **args);
int cmd_prove(const char *root, char **args);
int cmd_report(const char *root, char **args);
int cmd_b4_check(const char *root, char **args);
int cmd_bisect_run(const char *root, char **args);
int cmd_merge(const char *root, char **args);
int cmd_canaries(const char *root, char **args);
int cmd_mutants(const char *root, char **args);
int cmd_independence(const char *root, char **args);
int cmd_hercules(const char *root, char **args);
int cmd_soak(const char *root, char **args);
int cmd_bench(const char *root, char **args);
int cmd_explain(const char *root, char **args);
int cmd_overlay(const char *root, char **args);
int cmd_clean(const char *root, char **args);
int cmd_distclean(const char *root, char **args);

#endif
