/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counts requests in windows of time; one begins with the first request after the last has ended.
 * Those turned away don't count.
 */
#include "limit.h"

bool limit_pass(struct limit *limit, uint64_t now_s, uint64_t most, uint64_t window_s,
                uint64_t *wait_s)
{
    if (!limit->running || now_s - limit->start_s >= window_s)
        *limit = (struct limit){.running = true, .start_s = now_s};
    if (limit->count < most) {
        limit->count++;
        return true;
    }
    *wait_s = window_s - (now_s - limit->start_s);
    return false;
}
