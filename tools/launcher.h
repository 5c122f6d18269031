/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Emulators that take more to be started than a line, tools/launch/<launcher> each: a
 * program that is run with what the machine's Run says, prints the guest's console
 * and ends when the guest does, with 0 unless the emulator failed.  Of an emulator that is
 * installed, --version prints name and version, "bochs 2.7", and nothing when it is not there.
 */
#ifndef LAUNCHER_H
#define LAUNCHER_H

#include "hash.h"
#include "machine.h"
#include "project.h"
#include "verdict.h"

/*
 * Have the emulator of @m, which may mean to build it.  When it is not to be had here,
 * *@v says so: V_SKIP, there is an older one than the machine needs; V_VOID, there
 * is none.  Else @v->kind is V_PASS.
 */
int launcher_have(const struct project *p, struct machine *m, struct verdict *v);

/* What a guest depends on there: the launcher, and its emulator. */
int launcher_inputs(const struct project *p, const struct machine *m, struct hash *h);

#endif
