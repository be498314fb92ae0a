/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A token bucket: a burst of at most N requests, then N a minute. */
#ifndef RATE_H
#define RATE_H

#include <stdbool.h>
#include <stdint.h>

/* Owned by the caller. */
struct rate {
    int64_t per_minute; /* 0: no limit */
    int64_t level;      /* what is in the bucket; a token is 60000, a millisecond adds per_minute */
    int64_t filled_ms;  /* when it was last filled, monotonic */
};

/* A full bucket; per_minute at most 10^9. */
struct rate rate_start(uint64_t per_minute, int64_t now_ms);

/* Takes a token; false when there is none, *wait_ms then says when there will be one. */
bool rate_take(struct rate *rate, int64_t now_ms, int64_t *wait_ms);

#endif
