/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_LIMIT_H
#define SIMULATOR_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

/* How many requests were let through since `start_s`; all zero before the first. Not locked. */
struct limit {
    bool running;
    uint64_t start_s;
    uint64_t count;
};

/* Lets one more through, or says how many seconds until it would. */
bool limit_pass(struct limit *limit, uint64_t now_s, uint64_t most, uint64_t window_s,
                uint64_t *wait_s);

#endif
