/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The system's clocks; see clock.h. */
#include "clock.h"

#include <stddef.h>
#include <time.h>

static int64_t read_ms(clockid_t id)
{
    struct timespec now = {0};
    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t system_monotonic_ms(void *context)
{
    (void)context;
    return read_ms(CLOCK_MONOTONIC);
}

static int64_t system_wall_ms(void *context)
{
    (void)context;
    return read_ms(CLOCK_REALTIME);
}

struct clock clock_system(int64_t budget_ms, const volatile sig_atomic_t *stop_signal)
{
    return (struct clock){
        .monotonic_ms = system_monotonic_ms,
        .wall_ms = system_wall_ms,
        .deadline_ms = system_monotonic_ms(NULL) + budget_ms,
        .stop_signal = stop_signal,
    };
}

int64_t clock_monotonic_ms(const struct clock *clock)
{
    return clock->monotonic_ms(clock->context);
}

int64_t clock_wall_ms(const struct clock *clock)
{
    return clock->wall_ms(clock->context);
}

int64_t clock_left_ms(const struct clock *clock)
{
    int64_t left = clock->deadline_ms - clock_monotonic_ms(clock);
    return left > 0 ? left : 0;
}

enum error_kind clock_stop(const struct clock *clock)
{
    if (clock->stop_signal && *clock->stop_signal)
        return ERROR_SIGNAL;
    return clock_left_ms(clock) == 0 ? ERROR_DEADLINE : ERROR_NONE;
}
