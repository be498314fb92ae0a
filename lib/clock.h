/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Time, and when to stop: one clock is handed to every stage that waits, so that tests own time. It
 * knows the one deadline of the run and the flag that a signal handler sets.
 */
#ifndef CLOCK_H
#define CLOCK_H

#include "error.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

/* Milliseconds; wall time is since 1970, monotonic time since anything. */
struct clock {
    int64_t (*monotonic_ms)(void *context);
    int64_t (*wall_ms)(void *context);
    void *context;
    int64_t deadline_ms;                      /* monotonic */
    const volatile sig_atomic_t *stop_signal; /* its number once one came, else 0; may be NULL */
};

/* The system's clocks, with the deadline budget_ms from now. stop_signal is borrowed. */
struct clock clock_system(int64_t budget_ms, const volatile sig_atomic_t *stop_signal);

int64_t clock_monotonic_ms(const struct clock *clock);
int64_t clock_wall_ms(const struct clock *clock);

/* What is left until the deadline, never below 0. */
int64_t clock_left_ms(const struct clock *clock);

/* ERROR_SIGNAL when a signal came, ERROR_DEADLINE when time is up, else ERROR_NONE. */
enum error_kind clock_stop(const struct clock *clock);

#endif
