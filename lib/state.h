/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The four states of the Monitoring Plugins guidelines; their values are the exit codes. */
#ifndef STATE_H
#define STATE_H

#include <stdbool.h>
#include <stddef.h>

enum state { STATE_OK, STATE_WARNING, STATE_CRITICAL, STATE_UNKNOWN, STATES };

/* Upper case, as in the first line. */
const char *state_name(enum state state);

/* ok, warning, critical, unknown in any letter case, or 0 to 3. */
bool state_parse(const char *text, size_t length, enum state *state);

/* The worse of two, in the order OK < UNKNOWN < WARNING < CRITICAL. */
enum state state_worst(enum state a, enum state b);

#endif
