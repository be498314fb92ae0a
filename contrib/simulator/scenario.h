/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_SCENARIO_H
#define SIMULATOR_SCENARIO_H

#include "complaint.h"
#include "fate.h"

#include <stdbool.h>
#include <stdint.h>

/* What became of each message, read from a file; does not change once read. */
struct scenario;

/* Reads a whole file. NULL, with `FILE:LINE: reason`, when it can't be read or a line is bad. Free
 * with scenario_free. */
struct scenario *scenario_read(const char *path, struct complaint *reason);

/* The fate of a message; code 4 for one that is not listed. Its status is borrowed from the
 * scenario. `now` is what the dates of the scenario are relative to. */
struct fate scenario_fate(const struct scenario *scenario, uint64_t number, const char *id,
                          int64_t now);

void scenario_free(struct scenario *scenario);

#endif
