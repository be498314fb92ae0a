/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From metrics and failures to one state. Metrics are
 * made here by hand: the judge asks nobody where they come from.
 */
#include "judge.h"
#include "suites.h"
#include "support.h"

/* A run as a row describes it; the rest is default. */
struct run {
    const char *name;
    int delivered, undelivered, waiting, overdue, not_found, unknown;
    enum state expected;
    const char *warning, *critical; /* further thresholds */
};

static const struct judge_policy POLICY = {1, STATE_UNKNOWN, STATE_CRITICAL, STATE_CRITICAL};

static struct metrics metrics_of(const struct run *run)
{
    struct metrics metrics = {0};
    int failed = run->undelivered + run->overdue + run->not_found,
        settled = run->delivered + failed;
    metrics_set(&metrics, METRIC_MESSAGES, settled + run->waiting + run->unknown);
    metrics_set(&metrics, METRIC_DELIVERED, run->delivered);
    metrics_set(&metrics, METRIC_UNDELIVERED, run->undelivered);
    metrics_set(&metrics, METRIC_WAITING, run->waiting);
    metrics_set(&metrics, METRIC_OVERDUE, run->overdue);
    metrics_set(&metrics, METRIC_NOT_FOUND, run->not_found);
    metrics_set(&metrics, METRIC_UNKNOWN, run->unknown);
    metrics_set(&metrics, METRIC_SPAM, 0);
    metrics_set(&metrics, METRIC_STOP, 0);
    if (settled > 0) {
        metrics_set(&metrics, METRIC_DELIVERED_RATIO, 100.0 * run->delivered / settled);
        metrics_set(&metrics, METRIC_FAILED_RATIO, 100.0 * failed / settled);
    }
    return metrics;
}

static struct thresholds thresholds_of(const struct run *run)
{
    struct thresholds thresholds = thresholds_default();
    struct error err = {0};
    ck_assert(!run->warning || thresholds_set(&thresholds, THRESHOLD_WARNING, run->warning, &err));
    ck_assert(!run->critical ||
              thresholds_set(&thresholds, THRESHOLD_CRITICAL, run->critical, &err));
    return thresholds;
}

static struct verdict judge_answered(const struct run *run, const struct judge_policy *policy)
{
    struct metrics metrics = metrics_of(run);
    struct thresholds thresholds = thresholds_of(run);
    struct failure_list none = {0};
    return judge_run(&metrics, &thresholds, &none, (uint64_t)metrics.of[METRIC_MESSAGES].value,
                     policy);
}

static void expect_state(const char *name, enum state got, enum state expected)
{
    ck_assert_msg(got == expected, "%s: expected %s, got %s", name, state_name(expected),
                  state_name(got));
}

static const struct run RUNS[] = {
    {"all delivered", 100, 0, 0, 0, 0, 0, STATE_OK, NULL, NULL},
    {"95 % is fine", 95, 5, 0, 0, 0, 0, STATE_OK, NULL, NULL},
    {"below 95 %", 94, 6, 0, 0, 0, 0, STATE_WARNING, NULL, NULL},
    {"90 % is a warning", 90, 0, 0, 10, 0, 0, STATE_WARNING, NULL, NULL},
    {"below 90 %", 89, 0, 0, 0, 11, 0, STATE_CRITICAL, NULL, NULL},
    {"89.996 % is critical", 22499, 2501, 0, 0, 0, 0, STATE_CRITICAL, NULL, NULL},
    {"94.996 % is a warning", 23749, 1251, 0, 0, 0, 0, STATE_WARNING, NULL, NULL},
    {"waiting messages are no failure", 1, 0, 99, 0, 0, 0, STATE_OK, NULL, NULL},
    {"only waiting: no data", 0, 0, 5, 0, 0, 0, STATE_UNKNOWN, NULL, NULL},
    {"nothing: no data", 0, 0, 0, 0, 0, 0, STATE_UNKNOWN, NULL, NULL},
    {"an unknown message", 99, 0, 0, 0, 0, 1, STATE_UNKNOWN, NULL, NULL},
    {"unknown is less than warning", 94, 6, 0, 0, 0, 1, STATE_WARNING, NULL, NULL},
    {"unknown is less than critical", 50, 50, 0, 0, 0, 1, STATE_CRITICAL, NULL, NULL},
    {"failed_ratio instead", 94, 6, 0, 0, 0, 0, STATE_CRITICAL, "~:,failed_ratio=4",
     "~:,failed_ratio=5"},
    {"failed_ratio at its limit", 95, 5, 0, 0, 0, 0, STATE_OK, "~:,failed_ratio=5", "~:"},
    {"the ratio switched off", 0, 100, 0, 0, 0, 0, STATE_OK, "~:", "~:"},
    {"a count within its range", 100, 0, 10, 0, 0, 0, STATE_OK, "waiting=10", NULL},
    {"a count out of its range", 100, 0, 11, 0, 0, 0, STATE_WARNING, "waiting=10", NULL},
    {"an inside range", 100, 0, 10, 0, 0, 0, STATE_CRITICAL, NULL, "waiting=@5:10"},
    {"no latency, no alert", 100, 0, 0, 0, 0, 0, STATE_OK, "latency_p95=60,oldest_waiting=60",
     "latency_max=1"},
    {"a share at its limit", 190, 0, 0, 10, 0, 0, STATE_OK, "overdue=5%", NULL},
    {"a share above its limit", 189, 0, 0, 11, 0, 0, STATE_CRITICAL, "~:", "~:,overdue=5%"},
    {"a share counts all messages", 90, 0, 100, 10, 0, 0, STATE_OK, "~:,overdue=5%", "~:"},
    {"a share of nothing", 0, 0, 0, 0, 0, 0, STATE_UNKNOWN, NULL, "overdue=@5%"},
    {"messages have a lower limit", 5, 0, 0, 0, 0, 0, STATE_CRITICAL, NULL, "messages=10:"},
};

START_TEST(one_state_for_a_run)
{
    struct verdict verdict = judge_answered(&RUNS[_i], &POLICY);
    expect_state(RUNS[_i].name, verdict.state, RUNS[_i].expected);
    ck_assert_msg(verdict.alert_count == 0 || verdict.state == STATE_WARNING ||
                      verdict.state == STATE_CRITICAL,
                  "%s: alerts without a state", RUNS[_i].name);
}
END_TEST

/* Settled messages against --min-sample and --no-data; the ratio of all is 50 %. */
static const struct {
    const char *name;
    int delivered, undelivered;
    uint64_t min_sample;
    enum state no_data, expected;
    bool judged;
} SAMPLES[] = {
    {"enough", 5, 5, 10, STATE_OK, STATE_CRITICAL, true},
    {"one too few", 5, 4, 10, STATE_OK, STATE_OK, false},
    {"too few, warning", 5, 4, 10, STATE_WARNING, STATE_WARNING, false},
    {"too few, unknown", 5, 4, 10, STATE_UNKNOWN, STATE_UNKNOWN, false},
    {"none, minimum of none", 0, 0, 0, STATE_CRITICAL, STATE_CRITICAL, false},
    {"none, default minimum", 0, 0, 1, STATE_OK, STATE_OK, false},
    {"minimum of none", 1, 1, 0, STATE_OK, STATE_CRITICAL, true},
};

START_TEST(small_samples_are_not_judged)
{
    struct run run = {.delivered = SAMPLES[_i].delivered,
                      .undelivered = SAMPLES[_i].undelivered,
                      .waiting = 3,
                      .warning = "failed_ratio=1"};
    struct judge_policy policy = {SAMPLES[_i].min_sample, SAMPLES[_i].no_data, STATE_CRITICAL,
                                  STATE_CRITICAL};
    struct verdict verdict = judge_answered(&run, &policy);
    expect_state(SAMPLES[_i].name, verdict.state, SAMPLES[_i].expected);
    ck_assert_msg(verdict.ratio_judged == SAMPLES[_i].judged, "%s: ratio judged", SAMPLES[_i].name);
    for (int level = 0; level < THRESHOLD_LEVELS; level++)
        ck_assert_msg(verdict.judged.of[level][METRIC_DELIVERED_RATIO].set == SAMPLES[_i].judged,
                      "%s: a ratio that isn't judged has no range", SAMPLES[_i].name);
    ck_assert(verdict.judged.of[THRESHOLD_WARNING][METRIC_FAILED_RATIO].set == SAMPLES[_i].judged);
    ck_assert_msg(verdict.judged.of[THRESHOLD_WARNING][METRIC_SPAM].set,
                  "%s: other metrics are judged", SAMPLES[_i].name);
}
END_TEST

START_TEST(other_metrics_alert_below_the_minimum)
{
    struct run run = {.delivered = 1, .overdue = 2, .critical = "overdue=1"};
    struct judge_policy policy = {10, STATE_OK, STATE_CRITICAL, STATE_CRITICAL};
    expect_state("overdue", judge_answered(&run, &policy).state, STATE_CRITICAL);
}
END_TEST

START_TEST(alerts_come_worst_first_then_in_order)
{
    static const struct {
        enum metric_id metric;
        enum state state;
        double value;
    } expected[] = {
        {METRIC_UNDELIVERED, STATE_CRITICAL, 60},    {METRIC_SPAM, STATE_CRITICAL, 0},
        {METRIC_DELIVERED_RATIO, STATE_WARNING, 40}, {METRIC_MESSAGES, STATE_WARNING, 107},
        {METRIC_WAITING, STATE_WARNING, 7},
    };
    struct run run = {.delivered = 40,
                      .undelivered = 60,
                      .waiting = 7,
                      .warning = "spam=1:,messages=5,waiting=5,undelivered=5",
                      .critical = "~:,spam=1:,undelivered=20"};
    struct verdict verdict = judge_answered(&run, &POLICY);
    ck_assert_uint_eq(verdict.alert_count, COUNT_OF(expected));
    for (int i = 0; i < COUNT_OF(expected); i++) {
        const struct alert *got = &verdict.alerts[i];
        ck_assert_msg(got->metric == expected[i].metric && got->state == expected[i].state,
                      "alert %d: got %s %s", i, state_name(got->state),
                      metric_spec(got->metric)->name);
        ck_assert_double_eq(got->value, expected[i].value);
    }
    ck_assert_double_eq(verdict.alerts[0].range.end, 20);
}
END_TEST

START_TEST(a_share_is_shown_as_its_count)
{
    struct run run = {
        .delivered = 189, .overdue = 11, .warning = "overdue=5%", .critical = "waiting=2.5%:"};
    struct verdict verdict = judge_answered(&run, &POLICY);
    const struct range *judged = &verdict.judged.of[THRESHOLD_WARNING][METRIC_OVERDUE].range;
    ck_assert(!judged->percent);
    ck_assert_double_eq(judged->end, 10);
    ck_assert_double_eq(verdict.judged.of[THRESHOLD_CRITICAL][METRIC_WAITING].range.start, 5);
    ck_assert(!verdict.alerts[0].range.percent);
}
END_TEST

START_TEST(only_what_was_judged_has_a_range)
{
    struct run nothing = {.critical = "overdue=5%", .warning = "latency_p50=5"},
               some = {.delivered = 1, .warning = "latency_p50=5"};
    struct verdict verdict = judge_answered(&nothing, &POLICY);
    ck_assert_msg(!verdict.judged.of[THRESHOLD_CRITICAL][METRIC_OVERDUE].set,
                  "a share of no messages");
    ck_assert_msg(!verdict.judged.of[THRESHOLD_CRITICAL][METRIC_DELIVERED_RATIO].set,
                  "the ratio of nothing");
    verdict = judge_answered(&some, &POLICY);
    ck_assert_msg(!verdict.judged.of[THRESHOLD_WARNING][METRIC_LATENCY_P50].set,
                  "a metric without a value");
    ck_assert_msg(!verdict.judged.of[THRESHOLD_WARNING][METRIC_WAITING].set,
                  "a metric without a threshold");
    ck_assert(verdict.judged.of[THRESHOLD_WARNING][METRIC_DELIVERED_RATIO].set);
}
END_TEST

START_TEST(settled_is_the_sum_of_four)
{
    struct run run = {.delivered = 1,
                      .undelivered = 20,
                      .waiting = 300,
                      .overdue = 4000,
                      .not_found = 50000,
                      .unknown = 600000};
    struct metrics metrics = metrics_of(&run);
    ck_assert_uint_eq(judge_settled(&metrics), 54021);
}
END_TEST

Suite *judge_suite(void)
{
    Suite *suite = suite_create("judge");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_loop_test(core, one_state_for_a_run, 0, COUNT_OF(RUNS));
    tcase_add_loop_test(core, small_samples_are_not_judged, 0, COUNT_OF(SAMPLES));
    tcase_add_test(core, alerts_come_worst_first_then_in_order);
    tcase_add_test(core, a_share_is_shown_as_its_count);
    tcase_add_test(core, settled_is_the_sum_of_four);
    tcase_add_test(limits, other_metrics_alert_below_the_minimum);
    tcase_add_test(limits, only_what_was_judged_has_a_range);
    judge_add_failure_cases(suite);
    return suite;
}
