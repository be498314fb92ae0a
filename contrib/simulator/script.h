/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_SCRIPT_H
#define SIMULATOR_SCRIPT_H

#include "complaint.h"
#include "fault.h"

#include <stdint.h>

/* The faults of successive requests, as a file lists them. Does not change once read. */
struct script;

/* Reads a file. NULL, with the reason, when it is not good. */
struct script *script_read(const char *path, struct complaint *reason);

/* A script of one line. */
struct script *script_of(const struct faults *faults);

/* What the request number `index` (from 0) meets, borrowed from the script: the last line is for
 * all that come after it. */
const struct faults *script_faults(const struct script *script, uint64_t index);

/* A fault of any line that only plain connections can have; NULL when there is none. */
const char *script_needs_plain(const struct script *script);

void script_free(struct script *script);

#endif
