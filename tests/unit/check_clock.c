/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clock that all stages share: what is left of the run, and what ends it. */
#include "clock.h"
#include "suites.h"
#include "support.h"

START_TEST(counts_down_to_the_deadline)
{
    struct fake_time time = {.monotonic_ms = 5000, .wall_ms = 1795421880000};
    struct clock clock = fake_clock(&time, 10000);
    ck_assert_int_eq(clock_monotonic_ms(&clock), 5000);
    ck_assert_int_eq(clock_wall_ms(&clock), 1795421880000);
    ck_assert_int_eq(clock_left_ms(&clock), 10000);
    time.monotonic_ms = 14999;
    ck_assert_int_eq(clock_left_ms(&clock), 1);
    ck_assert_int_eq(clock_stop(&clock), ERROR_NONE);
    time.monotonic_ms = 15000;
    ck_assert_int_eq(clock_left_ms(&clock), 0);
    ck_assert_int_eq(clock_stop(&clock), ERROR_DEADLINE);
    time.monotonic_ms = 99000;
    ck_assert_int_eq(clock_left_ms(&clock), 0);
    ck_assert_int_eq(clock_stop(&clock), ERROR_DEADLINE);
}
END_TEST

/* Setting the system's time must neither end a run nor prolong it. */
START_TEST(wall_time_moves_no_deadline)
{
    struct fake_time time = {.monotonic_ms = 0, .wall_ms = 0};
    struct clock clock = fake_clock(&time, 10);
    time.wall_ms = INT64_C(253402300799000);
    ck_assert_int_eq(clock_left_ms(&clock), 10);
    ck_assert_int_eq(clock_stop(&clock), ERROR_NONE);
}
END_TEST

START_TEST(a_signal_ends_the_run)
{
    struct fake_time time = {0};
    struct clock clock = fake_clock(&time, 1000);
    ck_assert_int_eq(clock_stop(&clock), ERROR_NONE);
    time.stop_signal = SIGTERM;
    ck_assert_int_eq(clock_stop(&clock), ERROR_SIGNAL);
    clock.stop_signal = NULL;
    ck_assert_int_eq(clock_stop(&clock), ERROR_NONE);
}
END_TEST

START_TEST(the_system_clock_runs)
{
    static volatile sig_atomic_t none;
    struct clock clock = clock_system(60000, &none);
    int64_t before = clock_monotonic_ms(&clock), left = clock_left_ms(&clock);
    ck_assert_int_le(before, clock_monotonic_ms(&clock));
    ck_assert_int_gt(left, 50000);
    ck_assert_int_le(left, 60000);
    ck_assert_int_gt(clock_wall_ms(&clock), INT64_C(1600000000000));
    ck_assert_int_eq(clock_stop(&clock), ERROR_NONE);
    clock = clock_system(0, NULL);
    ck_assert_int_eq(clock_stop(&clock), ERROR_DEADLINE);
}
END_TEST

Suite *clock_suite(void)
{
    Suite *suite = suite_create("clock");
    TCase *core = add_case(suite, "core");
    tcase_add_test(core, counts_down_to_the_deadline);
    tcase_add_test(core, wall_time_moves_no_deadline);
    tcase_add_test(core, a_signal_ends_the_run);
    tcase_add_test(core, the_system_clock_runs);
    return suite;
}
