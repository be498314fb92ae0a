/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What several suites need: a private folder for files, a clock that the test owns, repeatable
 * random numbers, and a second opinion on UTF-8. It knows nothing of the modules under test beyond
 * the clock's struct.
 */
#ifndef SUPPORT_H
#define SUPPORT_H

#include "clock.h"

#include <check.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COUNT_OF(array) ((int)(sizeof(array) / sizeof((array)[0])))

/* A new test case, already part of the suite. */
TCase *add_case(Suite *suite, const char *name);

/* The same for what takes long: tagged "slow" and given more time. */
TCase *add_slow_case(Suite *suite, const char *name);

/* Each test of the case gets an empty folder of its own as the current one, so that file names in
 * messages are known. */
void add_folder(TCase *tcase);

/* A file in that folder. */
void write_file(const char *name, const void *bytes, size_t length);

/* Fixtures: bytes on standard input, which is put back afterwards. */
void stdin_from_bytes(const void *bytes, size_t length);
void stdin_restore(void);

/* Fixture: the local zone of all tests that don't choose one. */
void zone_reset(void);
void zone_set(const char *posix_zone);

/* Time as a test wants it; every look at the monotonic clock moves it by step_ms. */
struct fake_time {
    int64_t monotonic_ms, wall_ms, step_ms;
    volatile sig_atomic_t stop_signal;
};

/* A clock with the deadline budget_ms from now; time is borrowed. */
struct clock fake_clock(struct fake_time *time, int64_t budget_ms);

/* The next of a repeatable row of numbers below limit; *seed must not be 0. */
uint64_t random_below(uint64_t *seed, uint64_t limit);

/* True for well-formed UTF-8, by the table of the Unicode standard (3-7). */
bool is_utf8(const char *text);

/* True when text holds part. */
bool contains(const char *text, const char *part);

#endif
