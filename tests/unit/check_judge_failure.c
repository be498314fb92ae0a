/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Failed requests and the state: what is lost to an API out of reach or to the deadline brings that
 * option's state in place of UNKNOWN, and joins what was answered.
 */
#include "judge.h"
#include "suites.h"
#include "support.h"

/* 100 messages are lost to a failure of that class; others were delivered or not. */
static const struct {
    const char *name;
    enum failure_class class;
    int delivered, undelivered, waiting, missing; /* missing: answered, but without an entry */
    enum state unreachable, deadline, no_data, expected;
} RUNS[] = {
    {"out of reach", FAILURE_UNREACHABLE, 0, 0, 0, 0, STATE_CRITICAL, STATE_OK, STATE_UNKNOWN,
     STATE_CRITICAL},
    {"out of reach is ok", FAILURE_UNREACHABLE, 0, 0, 0, 0, STATE_OK, STATE_CRITICAL, STATE_UNKNOWN,
     STATE_OK},
    {"out of reach is a warning", FAILURE_UNREACHABLE, 0, 0, 0, 0, STATE_WARNING, STATE_CRITICAL,
     STATE_CRITICAL, STATE_WARNING},
    {"out of reach is unknown", FAILURE_UNREACHABLE, 0, 0, 0, 0, STATE_UNKNOWN, STATE_CRITICAL,
     STATE_CRITICAL, STATE_UNKNOWN},
    {"deadline", FAILURE_DEADLINE, 0, 0, 0, 0, STATE_OK, STATE_CRITICAL, STATE_UNKNOWN,
     STATE_CRITICAL},
    {"deadline is ok", FAILURE_DEADLINE, 0, 0, 0, 0, STATE_CRITICAL, STATE_OK, STATE_UNKNOWN,
     STATE_OK},
    {"deadline is unknown", FAILURE_DEADLINE, 0, 0, 0, 0, STATE_CRITICAL, STATE_UNKNOWN,
     STATE_CRITICAL, STATE_UNKNOWN},
    {"refused", FAILURE_REQUEST, 0, 0, 0, 0, STATE_CRITICAL, STATE_CRITICAL, STATE_OK,
     STATE_UNKNOWN},
    {"refused, and no data", FAILURE_REQUEST, 0, 0, 0, 0, STATE_OK, STATE_OK, STATE_WARNING,
     STATE_WARNING},
    {"account", FAILURE_ACCOUNT, 0, 0, 0, 0, STATE_OK, STATE_OK, STATE_OK, STATE_CRITICAL},
    {"signal", FAILURE_STOPPED, 0, 0, 0, 0, STATE_OK, STATE_OK, STATE_OK, STATE_UNKNOWN},
    {"no memory", FAILURE_INTERNAL, 0, 0, 0, 0, STATE_OK, STATE_OK, STATE_OK, STATE_UNKNOWN},
    {"others were delivered", FAILURE_UNREACHABLE, 500, 0, 0, 0, STATE_WARNING, STATE_CRITICAL,
     STATE_UNKNOWN, STATE_WARNING},
    {"others were delivered, ok", FAILURE_UNREACHABLE, 500, 0, 0, 0, STATE_OK, STATE_CRITICAL,
     STATE_UNKNOWN, STATE_OK},
    {"others were delivered, unknown", FAILURE_UNREACHABLE, 500, 0, 0, 0, STATE_UNKNOWN, STATE_OK,
     STATE_OK, STATE_UNKNOWN},
    {"others failed", FAILURE_UNREACHABLE, 250, 250, 0, 0, STATE_WARNING, STATE_OK, STATE_OK,
     STATE_CRITICAL},
    {"others failed, deadline", FAILURE_DEADLINE, 92, 8, 0, 0, STATE_OK, STATE_UNKNOWN, STATE_OK,
     STATE_WARNING},
    {"others wait: no data", FAILURE_UNREACHABLE, 0, 0, 500, 0, STATE_OK, STATE_OK, STATE_WARNING,
     STATE_WARNING},
    {"others have no entry", FAILURE_UNREACHABLE, 500, 0, 0, 1, STATE_OK, STATE_OK, STATE_OK,
     STATE_UNKNOWN},
    {"others were delivered, refused", FAILURE_REQUEST, 500, 0, 0, 0, STATE_OK, STATE_OK, STATE_OK,
     STATE_UNKNOWN},
    {"others were delivered, account", FAILURE_ACCOUNT, 500, 0, 0, 0, STATE_OK, STATE_OK, STATE_OK,
     STATE_CRITICAL},
    {"others were delivered, signal", FAILURE_STOPPED, 500, 0, 0, 0, STATE_OK, STATE_OK, STATE_OK,
     STATE_UNKNOWN},
    {"others failed, signal", FAILURE_STOPPED, 50, 50, 0, 0, STATE_OK, STATE_OK, STATE_OK,
     STATE_CRITICAL},
};

static struct metrics metrics_of(int delivered, int undelivered, int waiting, int unknown)
{
    struct metrics metrics = {0};
    int settled = delivered + undelivered;
    metrics_set(&metrics, METRIC_MESSAGES, settled + waiting + unknown);
    metrics_set(&metrics, METRIC_DELIVERED, delivered);
    metrics_set(&metrics, METRIC_UNDELIVERED, undelivered);
    metrics_set(&metrics, METRIC_WAITING, waiting);
    metrics_set(&metrics, METRIC_OVERDUE, 0);
    metrics_set(&metrics, METRIC_NOT_FOUND, 0);
    metrics_set(&metrics, METRIC_UNKNOWN, unknown);
    if (settled > 0)
        metrics_set(&metrics, METRIC_DELIVERED_RATIO, 100.0 * delivered / settled);
    return metrics;
}

START_TEST(lost_messages_bring_their_state)
{
    int answered = RUNS[_i].delivered + RUNS[_i].undelivered + RUNS[_i].waiting + RUNS[_i].missing;
    struct metrics metrics = metrics_of(RUNS[_i].delivered, RUNS[_i].undelivered, RUNS[_i].waiting,
                                        100 + RUNS[_i].missing);
    struct thresholds thresholds = thresholds_default();
    struct judge_policy policy = {1, RUNS[_i].no_data, RUNS[_i].unreachable, RUNS[_i].deadline};
    struct failure_list failures = {0};
    failure_add(&failures, RUNS[_i].class, 1, 60, "a reason");
    failure_add(&failures, RUNS[_i].class, 1, 40, "another reason");
    struct verdict verdict =
        judge_run(&metrics, &thresholds, &failures, (uint64_t)answered, &policy);
    ck_assert_msg(verdict.state == RUNS[_i].expected, "%s: expected %s, got %s", RUNS[_i].name,
                  state_name(RUNS[_i].expected), state_name(verdict.state));
}
END_TEST

/* Half lost to the network, half to the deadline: the worse of both, and no_data has no say. */
START_TEST(two_ways_of_losing_join)
{
    struct metrics metrics = metrics_of(0, 0, 0, 100);
    struct thresholds thresholds = thresholds_default();
    struct judge_policy policy = {1, STATE_CRITICAL, STATE_WARNING, STATE_UNKNOWN};
    struct failure_list failures = {0};
    failure_add(&failures, FAILURE_UNREACHABLE, 1, 50, "refused");
    failure_add(&failures, FAILURE_DEADLINE, 0, 50, "deadline");
    struct verdict verdict = judge_run(&metrics, &thresholds, &failures, 0, &policy);
    ck_assert_msg(verdict.state == STATE_WARNING, "expected WARNING, got %s",
                  state_name(verdict.state));
}
END_TEST

/* Part of the unknown messages is neither lost nor explained by a class of its own. */
START_TEST(a_refusal_beside_lost_messages_is_unknown)
{
    struct metrics metrics = metrics_of(100, 0, 0, 100);
    struct thresholds thresholds = thresholds_default();
    struct judge_policy policy = {1, STATE_OK, STATE_OK, STATE_OK};
    struct failure_list failures = {0};
    failure_add(&failures, FAILURE_UNREACHABLE, 1, 50, "refused");
    failure_add(&failures, FAILURE_REQUEST, 1, 50, "API code 10");
    struct verdict verdict = judge_run(&metrics, &thresholds, &failures, 100, &policy);
    ck_assert_msg(verdict.state == STATE_UNKNOWN, "expected UNKNOWN, got %s",
                  state_name(verdict.state));
}
END_TEST

/* A threshold on unknown messages is one like others. */
START_TEST(thresholds_hold_for_lost_messages)
{
    struct metrics metrics = metrics_of(100, 0, 0, 100);
    struct thresholds thresholds = thresholds_default();
    struct judge_policy policy = {1, STATE_OK, STATE_OK, STATE_OK};
    struct failure_list failures = {0};
    struct error err = {0};
    failure_add(&failures, FAILURE_UNREACHABLE, 1, 100, "refused");
    ck_assert(thresholds_set(&thresholds, THRESHOLD_CRITICAL, "unknown=25%", &err));
    struct verdict verdict = judge_run(&metrics, &thresholds, &failures, 100, &policy);
    ck_assert_int_eq(verdict.state, STATE_CRITICAL);
    ck_assert_uint_eq(verdict.alert_count, 1);
    ck_assert_double_eq(verdict.alerts[0].range.end, 50);
}
END_TEST

void judge_add_failure_cases(Suite *suite)
{
    TCase *failures = add_case(suite, "failures");
    tcase_add_loop_test(failures, lost_messages_bring_their_state, 0, COUNT_OF(RUNS));
    tcase_add_test(failures, two_ways_of_losing_join);
    tcase_add_test(failures, a_refusal_beside_lost_messages_is_unknown);
    tcase_add_test(failures, thresholds_hold_for_lost_messages);
}
