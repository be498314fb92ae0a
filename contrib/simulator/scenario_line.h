/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_SCENARIO_LINE_H
#define SIMULATOR_SCENARIO_LINE_H

#include "complaint.h"
#include "fate.h"

#include <stdbool.h>
#include <stdint.h>

enum when { WHEN_NEVER, WHEN_FIXED, WHEN_RELATIVE };

/* One message of a scenario. Texts point into the line it was read from. */
struct scenario_entry {
    uint64_t number;
    const char *id;     /* without leading zeros */
    const char *status; /* NULL when empty */
    int64_t date;       /* epoch seconds, or seconds relative to the answer */
    unsigned long line;
    int code;
    enum when when;
    enum fate_flag stop;
    enum fate_flag spam;
};

/* Reads `number,id,status,date,stop,spam[,code]`, cutting the line up in place; leaves entry->line
 * alone. False, with the reason, when the line breaks the format. */
bool scenario_line_read(char *line, struct scenario_entry *entry, struct complaint *reason);

/* True for a line whose first field is a name for a column of numbers. */
bool scenario_line_is_header(const char *line);

/* An id as scenarios compare it: 0042 is 42, anything else is itself. */
const char *scenario_id(const char *id);

#endif
