/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_SABOTAGE_H
#define SIMULATOR_SABOTAGE_H

#include "answer.h"
#include "fault.h"

/* Changes status, headers and body of an answer as the faults want. */
void sabotage(struct answer *answer, const struct faults *faults, const struct options *options,
              enum format format);

#endif
