/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A token bucket; see rate.h. */
#include "rate.h"

static const int64_t TOKEN = 60000; /* milliseconds in a minute */

struct rate rate_start(uint64_t per_minute, int64_t now_ms)
{
    int64_t limit = (int64_t)per_minute;
    return (struct rate){.per_minute = limit, .level = limit * TOKEN, .filled_ms = now_ms};
}

bool rate_take(struct rate *rate, int64_t now_ms, int64_t *wait_ms)
{
    int64_t full = rate->per_minute * TOKEN, passed_ms = now_ms - rate->filled_ms;
    if (rate->per_minute == 0)
        return true;
    rate->level = passed_ms >= TOKEN ? full : rate->level + passed_ms * rate->per_minute;
    rate->level = rate->level < full ? rate->level : full;
    rate->filled_ms = now_ms;
    if (rate->level < TOKEN) {
        *wait_ms = (TOKEN - rate->level + rate->per_minute - 1) / rate->per_minute;
        return false;
    }
    rate->level -= TOKEN;
    return true;
}
