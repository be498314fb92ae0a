/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rate limit: a burst of at most N requests, then N a minute. */
#include "rate.h"
#include "suites.h"
#include "support.h"

/* Tokens that can be had at that time without waiting. */
static uint64_t take_all(struct rate *rate, int64_t now_ms, uint64_t most)
{
    int64_t wait_ms = 0;
    uint64_t taken = 0;
    while (taken < most && rate_take(rate, now_ms, &wait_ms))
        taken++;
    return taken;
}

static const uint64_t LIMITS[] = {1, 2, 7, 59, 60, 61, 2000, 60000, 100000};

START_TEST(a_burst_then_so_many_a_minute)
{
    uint64_t limit = LIMITS[_i], sum = 0;
    int64_t now_ms = 123456789;
    struct rate rate = rate_start(limit, now_ms);
    ck_assert_uint_eq(take_all(&rate, now_ms, 2 * limit), limit);
    for (int64_t end_ms = now_ms + 60000; now_ms < end_ms;
         sum += take_all(&rate, now_ms, 2 * limit))
        now_ms += 10;
    ck_assert_msg(sum == limit, "%ju a minute: %ju in the minute behind the burst",
                  (uintmax_t)limit, (uintmax_t)sum);
}
END_TEST

/* The wait that is asked for is enough, and no millisecond too long. */
START_TEST(the_wait_is_exact)
{
    int64_t now_ms = 5000, wait_ms = -1;
    uint64_t limit = LIMITS[_i];
    struct rate rate = rate_start(limit, now_ms);
    take_all(&rate, now_ms, limit);
    for (int i = 0; i < 50; i++) {
        ck_assert(!rate_take(&rate, now_ms, &wait_ms));
        ck_assert_int_gt(wait_ms, 0);
        struct rate early = rate;
        int64_t again_ms = 0;
        ck_assert_msg(!rate_take(&early, now_ms + wait_ms - 1, &again_ms), "a millisecond early");
        now_ms += wait_ms;
        ck_assert_msg(rate_take(&rate, now_ms, &again_ms), "%ju a minute: %jd ms were not enough",
                      (uintmax_t)limit, (intmax_t)wait_ms);
        take_all(&rate, now_ms, limit);
    }
}
END_TEST

START_TEST(rest_is_saved_up_to_one_burst)
{
    struct rate rate = rate_start(60, 0);
    ck_assert_uint_eq(take_all(&rate, 0, 100), 60);
    ck_assert_uint_eq(take_all(&rate, 30000, 100), 30);
    ck_assert_uint_eq(take_all(&rate, INT64_C(100000000000000), 100), 60);
    ck_assert_uint_eq(take_all(&rate, INT64_C(100000000000000), 100), 0);
}
END_TEST

START_TEST(zero_is_no_limit)
{
    struct rate rate = rate_start(0, 0);
    ck_assert_uint_eq(take_all(&rate, 0, 100000), 100000);
}
END_TEST

START_TEST(the_largest_limit_does_not_overflow)
{
    struct rate rate = rate_start(1000000000, 0);
    ck_assert_uint_eq(take_all(&rate, 0, 1000), 1000);
    ck_assert_uint_eq(take_all(&rate, INT64_MAX, 1000), 1000);
}
END_TEST

Suite *rate_suite(void)
{
    Suite *suite = suite_create("rate");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_loop_test(core, a_burst_then_so_many_a_minute, 0, COUNT_OF(LIMITS));
    tcase_add_loop_test(core, the_wait_is_exact, 0, COUNT_OF(LIMITS));
    tcase_add_test(core, rest_is_saved_up_to_one_burst);
    tcase_add_test(limits, zero_is_no_limit);
    tcase_add_test(limits, the_largest_limit_does_not_overflow);
    return suite;
}
