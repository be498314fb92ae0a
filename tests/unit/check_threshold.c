/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Thresholds: defaults, one metric or several in a text, the
 * same metric twice, and shares in percent where there is something to share.
 */
#include "suites.h"
#include "support.h"
#include "threshold.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void expect(const struct thresholds *thresholds, enum threshold_level level,
                   enum metric_id id, const char *range)
{
    char out[RANGE_SIZE] = "(none)";
    const struct threshold *got = &thresholds->of[level][id];
    if (got->set)
        range_format(out, &got->range);
    ck_assert_msg(strcmp(out, range) == 0, "%s of level %d: expected %s, got %s",
                  metric_spec(id)->name, (int)level, range, out);
}

static void set(struct thresholds *thresholds, enum threshold_level level, const char *text)
{
    struct error err = {0};
    ck_assert_msg(thresholds_set(thresholds, level, text, &err), "%s: %s", text, err.text);
}

START_TEST(the_defaults)
{
    struct thresholds thresholds = thresholds_default();
    for (int id = 0; id < METRICS; id++) {
        const char *warning = id == METRIC_DELIVERED_RATIO             ? "95:"
                              : id == METRIC_SPAM || id == METRIC_STOP ? "0"
                                                                       : "(none)";
        expect(&thresholds, THRESHOLD_WARNING, (enum metric_id)id, warning);
        expect(&thresholds, THRESHOLD_CRITICAL, (enum metric_id)id,
               id == METRIC_DELIVERED_RATIO ? "90:" : "(none)");
    }
}
END_TEST

START_TEST(a_bare_range_is_for_the_ratio)
{
    struct thresholds thresholds = thresholds_default();
    set(&thresholds, THRESHOLD_WARNING, "80:");
    expect(&thresholds, THRESHOLD_WARNING, METRIC_DELIVERED_RATIO, "80:");
    expect(&thresholds, THRESHOLD_CRITICAL, METRIC_DELIVERED_RATIO, "90:");
    expect(&thresholds, THRESHOLD_WARNING, METRIC_SPAM, "0");
}
END_TEST

START_TEST(every_metric_takes_a_range)
{
    for (int id = 0; id < METRICS; id++) {
        char text[64];
        struct thresholds thresholds = {0};
        snprintf(text, sizeof text, "%s=@3:7", metric_spec((enum metric_id)id)->name);
        set(&thresholds, THRESHOLD_CRITICAL, text);
        expect(&thresholds, THRESHOLD_CRITICAL, (enum metric_id)id, "@3:7");
        expect(&thresholds, THRESHOLD_WARNING, (enum metric_id)id, "(none)");
    }
}
END_TEST

START_TEST(commas_separate_metrics)
{
    struct thresholds thresholds = {0};
    set(&thresholds, THRESHOLD_WARNING, "95:,spam=5,overdue=10:20,latency_p95=~:60");
    expect(&thresholds, THRESHOLD_WARNING, METRIC_DELIVERED_RATIO, "95:");
    expect(&thresholds, THRESHOLD_WARNING, METRIC_SPAM, "5");
    expect(&thresholds, THRESHOLD_WARNING, METRIC_OVERDUE, "10:20");
    expect(&thresholds, THRESHOLD_WARNING, METRIC_LATENCY_P95, "~:60");
    expect(&thresholds, THRESHOLD_WARNING, METRIC_STOP, "(none)");
}
END_TEST

START_TEST(the_last_of_separate_texts_wins)
{
    struct thresholds thresholds = thresholds_default();
    set(&thresholds, THRESHOLD_WARNING, "spam=5");
    set(&thresholds, THRESHOLD_WARNING, "spam=7,97:");
    set(&thresholds, THRESHOLD_WARNING, "delivered_ratio=96:");
    expect(&thresholds, THRESHOLD_WARNING, METRIC_SPAM, "7");
    expect(&thresholds, THRESHOLD_WARNING, METRIC_DELIVERED_RATIO, "96:");
}
END_TEST

/* -w stop=~: never alerts. */
START_TEST(an_open_range_switches_off)
{
    struct thresholds thresholds = thresholds_default();
    set(&thresholds, THRESHOLD_WARNING, "stop=~:");
    ck_assert(!range_alerts(&thresholds.of[THRESHOLD_WARNING][METRIC_STOP].range, 1e9));
    ck_assert(isinf(thresholds.of[THRESHOLD_WARNING][METRIC_STOP].range.start));
}
END_TEST

/* What each text is refused for shows in the message. */
static const struct {
    const char *text, *part;
} BAD[] = {
    {"", "''"},
    {",", "''"},
    {"95:,", "''"},
    {",95:", "''"},
    {"1,5:", "delivered_ratio"},
    {"95:,90:", "delivered_ratio"},
    {"delivered_ratio=95:,90:", "delivered_ratio"},
    {"spam=1,stop=1,spam=2", "spam"},
    {"spam=", "''"},
    {"=5", "''"},
    {"spam", "'spam'"},
    {"foo=5", "'foo'"},
    {"SMS=5", "'SMS'"},
    {"delivered=5,foo=6", "'foo'"},
    {"spam=10:5", "'10:5'"},
    {"spam=5x", "'5x'"},
    {"spam= 5", "' 5'"},
    {" spam=5", "' spam'"},
    {"spam==5", "'=5'"},
    {"spam=:10", "':10'"},
    {"spam=~", "'~'"},
    {"spam=@", "'@'"},
    {":", "':'"},
    {"abc", "'abc'"},
    {"95%:", "delivered_ratio"},
    {"delivered_ratio=5%", "delivered_ratio"},
    {"failed_ratio=5%", "failed_ratio"},
    {"time=5%", "time"},
    {"latency_p50=5%", "latency_p50"},
    {"latency_p95=1:5%", "latency_p95"},
    {"latency_max=5%:", "latency_max"},
    {"oldest_waiting=@5%", "oldest_waiting"},
    {"spam=1e3", "'1e3'"},
    {"a|b<c>=1", "'a?b?c?'"},
    {"spam=1|2", "'1?2'"},
};

START_TEST(bad_texts_are_usage_errors)
{
    struct thresholds thresholds = {0};
    struct error err = {0};
    ck_assert_msg(!thresholds_set(&thresholds, THRESHOLD_WARNING, BAD[_i].text, &err),
                  "'%s': expected an error", BAD[_i].text);
    ck_assert_msg(err.kind == ERROR_USAGE, "'%s': kind %d", BAD[_i].text, (int)err.kind);
    ck_assert_msg(contains(err.text, BAD[_i].part), "'%s': expected %s in '%s'", BAD[_i].text,
                  BAD[_i].part, err.text);
}
END_TEST

START_TEST(counts_can_be_shares)
{
    static const enum metric_id counts[] = {
        METRIC_MESSAGES, METRIC_DELIVERED,  METRIC_UNDELIVERED, METRIC_WAITING,
        METRIC_OVERDUE,  METRIC_NOT_FOUND,  METRIC_UNKNOWN,     METRIC_SPAM,
        METRIC_STOP,     METRIC_DUPLICATES, METRIC_INVALID,     METRIC_REQUESTS,
    };
    for (int i = 0; i < COUNT_OF(counts); i++) {
        char text[64];
        struct thresholds thresholds = {0};
        snprintf(text, sizeof text, "%s=5%%", metric_spec(counts[i])->name);
        set(&thresholds, THRESHOLD_CRITICAL, text);
        const struct range *range = &thresholds.of[THRESHOLD_CRITICAL][counts[i]].range;
        ck_assert_msg(range->percent && range->end == 5, "%s: expected a share of 5 %%", text);
    }
}
END_TEST

Suite *threshold_suite(void)
{
    Suite *suite = suite_create("threshold");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_test(core, the_defaults);
    tcase_add_test(core, a_bare_range_is_for_the_ratio);
    tcase_add_test(core, every_metric_takes_a_range);
    tcase_add_test(core, commas_separate_metrics);
    tcase_add_test(core, the_last_of_separate_texts_wins);
    tcase_add_test(core, an_open_range_switches_off);
    tcase_add_test(core, counts_can_be_shares);
    tcase_add_loop_test(limits, bad_texts_are_usage_errors, 0, COUNT_OF(BAD));
    return suite;
}
