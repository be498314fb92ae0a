/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_WIRE_H
#define SIMULATOR_WIRE_H

#include "fault.h"
#include "halt.h"

/* Whether there is to be no HTTP answer at all. */
bool wire_is_broken(const struct faults *faults);

/* Does to a connection what the faults say; its owner then has to close it. */
void wire_break(const struct faults *faults, int connection, const struct halt *halt);

#endif
