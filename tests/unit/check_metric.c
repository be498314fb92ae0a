/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of metrics: graphs depend on these names in this order with these units. */
#include "metric.h"
#include "suites.h"
#include "support.h"

#include <string.h>

static const struct {
    const char *name, *unit;
} MANUAL[] = {
    {"delivered_ratio", "%"},
    {"failed_ratio", "%"},
    {"messages", ""},
    {"delivered", ""},
    {"undelivered", ""},
    {"waiting", ""},
    {"overdue", ""},
    {"not_found", ""},
    {"unknown", ""},
    {"spam", ""},
    {"stop", ""},
    {"duplicates", ""},
    {"invalid", ""},
    {"requests", ""},
    {"time", "s"},
    {"latency_p50", "s"},
    {"latency_p95", "s"},
    {"latency_max", "s"},
    {"oldest_waiting", "s"},
};

START_TEST(names_and_units_are_the_manuals)
{
    ck_assert_int_eq(METRICS, COUNT_OF(MANUAL));
    for (int id = 0; id < METRICS; id++) {
        const struct metric_spec *spec = metric_spec((enum metric_id)id);
        ck_assert_str_eq(spec->name, MANUAL[id].name);
        ck_assert_str_eq(metric_unit_text(spec->unit), MANUAL[id].unit);
        ck_assert_msg(spec->meaning && *spec->meaning, "%s has no meaning", spec->name);
        ck_assert_int_eq(metric_named(MANUAL[id].name, strlen(MANUAL[id].name)), id);
    }
}
END_TEST

/* RRD tells 19 characters apart, and labels go unquoted. */
START_TEST(names_are_fit_for_labels)
{
    for (int id = 0; id < METRICS; id++) {
        const char *name = metric_spec((enum metric_id)id)->name;
        ck_assert_msg(strlen(name) <= 19, "%s is too long", name);
        ck_assert_msg(strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name),
                      "%s needs quotes", name);
    }
}
END_TEST

static const char *const OTHERS[] = {"",      "delivere", "delivered_", "Delivered", "ratio",
                                     " spam", "spam ",    "latency",    "p95",       "messages\n"};

START_TEST(other_names_are_no_metrics)
{
    ck_assert_int_eq(metric_named(OTHERS[_i], strlen(OTHERS[_i])), METRICS);
}
END_TEST

START_TEST(a_name_ends_where_its_length_says)
{
    ck_assert_int_eq(metric_named("spam=5", 4), METRIC_SPAM);
    ck_assert_int_eq(metric_named("spam=5", 3), METRICS);
    ck_assert_int_eq(metric_named("delivered_ratio", 9), METRIC_DELIVERED);
}
END_TEST

START_TEST(values_are_unknown_until_set)
{
    struct metrics metrics = {0};
    for (int id = 0; id < METRICS; id++)
        ck_assert(!metrics.of[id].known);
    metrics_set(&metrics, METRIC_SPAM, 0);
    metrics_set(&metrics, METRIC_TIME, 1.5);
    ck_assert(metrics.of[METRIC_SPAM].known && metrics.of[METRIC_TIME].known &&
              !metrics.of[METRIC_STOP].known);
    ck_assert_double_eq(metrics.of[METRIC_TIME].value, 1.5);
}
END_TEST

Suite *metric_suite(void)
{
    Suite *suite = suite_create("metric");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_test(core, names_and_units_are_the_manuals);
    tcase_add_test(core, names_are_fit_for_labels);
    tcase_add_test(core, values_are_unknown_until_set);
    tcase_add_loop_test(limits, other_names_are_no_metrics, 0, COUNT_OF(OTHERS));
    tcase_add_test(limits, a_name_ends_where_its_length_says);
    return suite;
}
