/* SPDX-License-Identifier: GPL-3.0-or-later */
/* States; see state.h. */
#include "state.h"

#include "text.h"

static const struct {
    const char *name, *number;
    int badness;
} TABLE[STATES] = {
    [STATE_OK] = {"OK", "0", 0},
    [STATE_WARNING] = {"WARNING", "1", 2},
    [STATE_CRITICAL] = {"CRITICAL", "2", 3},
    [STATE_UNKNOWN] = {"UNKNOWN", "3", 1},
};

const char *state_name(enum state state)
{
    return TABLE[state].name;
}

bool state_parse(const char *text, size_t length, enum state *state)
{
    for (int i = 0; i < STATES; i++) {
        if (text_equals_ignoring_case(text, length, TABLE[i].name) ||
            text_equals_ignoring_case(text, length, TABLE[i].number)) {
            *state = (enum state)i;
            return true;
        }
    }
    return false;
}

enum state state_worst(enum state a, enum state b)
{
    return TABLE[a].badness >= TABLE[b].badness ? a : b;
}
