/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Performance data (the Monitoring Plugins guidelines): exact items, and a small reader
 * of its own that is as strict as the strictest of the programs that read them.
 */
#include "perfdata.h"
#include "suites.h"
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct thresholds NONE;

static struct metrics known_metrics(void)
{
    struct metrics metrics = {0};
    for (int id = 0; id < METRICS; id++)
        metrics_set(&metrics, (enum metric_id)id, id);
    metrics_set(&metrics, METRIC_DELIVERED_RATIO, 88);
    metrics_set(&metrics, METRIC_FAILED_RATIO, 12);
    metrics_set(&metrics, METRIC_MESSAGES, 200);
    metrics_set(&metrics, METRIC_TIME, 0.25);
    metrics_set(&metrics, METRIC_LATENCY_P50, 1.0 / 3);
    return metrics;
}

static void expect_text(const char *name, const struct metrics *metrics,
                        const struct thresholds *judged, enum perfdata_mode mode,
                        const char *expected)
{
    struct buf out;
    buf_init(&out, 10000);
    buf_add_string(&out, "text");
    perfdata_write(&out, metrics, judged, mode);
    ck_assert(!buf_failed(&out));
    ck_assert_msg(strcmp(out.data + 4, expected) == 0, "%s: expected '%s', got '%s'", name,
                  expected, out.data + 4);
    buf_release(&out);
}

START_TEST(all_items_with_values)
{
    struct metrics metrics = known_metrics();
    struct thresholds judged = thresholds_default();
    expect_text("all", &metrics, &judged, PERFDATA_ALL,
                " | delivered_ratio=88%;95:;90:;0;100 failed_ratio=12%;;;0;100 messages=200;;;0 "
                "delivered=3;;;0;200"
                " undelivered=4;;;0;200 waiting=5;;;0;200 overdue=6;;;0;200 not_found=7;;;0;200 "
                "unknown=8;;;0;200"
                " spam=9;0;;0;200 stop=10;0;;0;200 duplicates=11;;;0 invalid=12;;;0 "
                "requests=13;;;0 time=0.25s;;;0"
                " latency_p50=0.333333s;;;0 latency_p95=16s;;;0 latency_max=17s;;;0 "
                "oldest_waiting=18s;;;0");
}
END_TEST

START_TEST(all_items_without_values)
{
    struct metrics metrics = {0};
    struct thresholds judged = NONE;
    struct buf out;
    buf_init(&out, 10000);
    perfdata_write(&out, &metrics, &judged, PERFDATA_ALL);
    for (int id = 0; id < METRICS; id++) {
        char item[64];
        snprintf(item, sizeof item, " %s=U;", metric_spec((enum metric_id)id)->name);
        ck_assert_msg(contains(out.data, item), "expected '%s' in '%s'", item, out.data);
    }
    buf_release(&out);
}
END_TEST

START_TEST(known_items_only)
{
    struct metrics metrics = {0};
    struct thresholds judged = NONE;
    metrics_set(&metrics, METRIC_MESSAGES, 5);
    metrics_set(&metrics, METRIC_WAITING, 5);
    metrics_set(&metrics, METRIC_TIME, 1.5);
    expect_text("known", &metrics, &judged, PERFDATA_KNOWN,
                " | messages=5;;;0 waiting=5;;;0;5 time=1.5s;;;0");
}
END_TEST

START_TEST(nothing_to_show_shows_nothing)
{
    struct metrics metrics = known_metrics(), empty = {0};
    struct thresholds judged = thresholds_default();
    expect_text("none", &metrics, &judged, PERFDATA_NONE, "");
    expect_text("known, but nothing is", &empty, &judged, PERFDATA_KNOWN, "");
}
END_TEST

START_TEST(ranges_are_printed_as_judged)
{
    struct metrics metrics = {0};
    struct thresholds judged = NONE;
    struct error err;
    metrics_set(&metrics, METRIC_MESSAGES, 200);
    metrics_set(&metrics, METRIC_OVERDUE, 11);
    metrics_set(&metrics, METRIC_SPAM, 0);
    ck_assert(thresholds_set(&judged, THRESHOLD_WARNING, "overdue=10,messages=~:5,spam=~:", &err));
    ck_assert(thresholds_set(&judged, THRESHOLD_CRITICAL, "overdue=@2.5:10,messages=-5:5,spam=0:0",
                             &err));
    expect_text("ranges", &metrics, &judged, PERFDATA_KNOWN,
                " | messages=200;~:5;-5:5;0 overdue=11;10;@2.5:10;0;200 spam=0;~:;0;0;200");
}
END_TEST

/* What a reader makes of one item. */
struct item {
    char label[32];
    bool is_undefined;
    double value;
    char unit[3];
};

/* Takes a plain decimal; false where there is none. */
static bool take_decimal(const char **at, double *value)
{
    const char *start = *at;
    double scale = 1;
    bool minus = **at == '-';
    *value = 0;
    for (*at += minus; **at >= '0' && **at <= '9'; ++*at)
        *value = *value * 10 + (**at - '0');
    if (*at == start + minus)
        return false;
    if (**at == '.')
        for (++*at; **at >= '0' && **at <= '9'; ++*at)
            *value += (**at - '0') * (scale /= 10);
    *value = minus ? -*value : *value;
    return (*at)[-1] != '.';
}

static bool take_range(const char **at)
{
    double start = 0, end = INFINITY;
    *at += **at == '@';
    if (**at == '~' && (*at)[1] == ':') {
        *at += 2;
        return **at == ';' || take_decimal(at, &end);
    }
    if (!take_decimal(at, &start))
        return false;
    if (**at != ':')
        return true;
    ++*at;
    return **at == ';' || (take_decimal(at, &end) && start <= end);
}

/* label=value[unit];[warn];[crit];[min][;max] up to a blank or the end. */
static bool take_item(const char **at, struct item *item)
{
    double limit = 0;
    size_t length = strspn(*at, "abcdefghijklmnopqrstuvwxyz0123456789_");
    *item = (struct item){0};
    if (length == 0 || length >= sizeof item->label || (*at)[length] != '=')
        return false;
    memcpy(item->label, *at, length);
    *at += length + 1;
    item->is_undefined = **at == 'U';
    if (item->is_undefined)
        ++*at;
    else if (!take_decimal(at, &item->value))
        return false;
    if (**at == '%' || **at == 's')
        item->unit[0] = *(*at)++;
    for (int i = 0; i < 2; i++)
        if (*(*at)++ != ';' || (**at != ';' && !take_range(at)))
            return false;
    for (int i = 0; i < 2; i++)
        if (**at == ';' && (++*at, **at != ';') && !take_decimal(at, &limit))
            return false;
    return **at == ' ' || **at == '\0';
}

/* Metrics and thresholds as they may ever come. */
static void make_random(uint64_t *seed, struct metrics *metrics, struct thresholds *judged)
{
    *metrics = (struct metrics){0};
    *judged = NONE;
    metrics_set(metrics, METRIC_MESSAGES, (double)random_below(seed, 1000000));
    for (int id = 0; id < METRICS; id++) {
        if (random_below(seed, 4) > 0)
            metrics_set(metrics, (enum metric_id)id, (double)random_below(seed, 100000000) / 7);
        for (int level = 0; level < THRESHOLD_LEVELS; level++) {
            struct range range = {
                .start = -INFINITY, .end = INFINITY, .inside = random_below(seed, 2) == 1};
            if (random_below(seed, 3) > 0)
                range.start = ((double)random_below(seed, 100000) - 50000) / 64;
            if (random_below(seed, 3) > 0)
                range.end = 1000 + (double)random_below(seed, 100000) / 3;
            judged->of[level][id] = (struct threshold){random_below(seed, 2) == 1, range};
        }
    }
}

START_TEST(a_strict_reader_understands_every_item)
{
    uint64_t seed = 1;
    for (int round = 0; round < 500; round++) {
        struct metrics metrics;
        struct thresholds judged;
        struct buf out;
        struct item item;
        make_random(&seed, &metrics, &judged);
        buf_init(&out, 100000);
        perfdata_write(&out, &metrics, &judged, PERFDATA_ALL);
        const char *at = out.data + 2;
        for (int id = 0; id < METRICS; id++) {
            const char *from = at;
            ck_assert_msg(*at++ == ' ' && take_item(&at, &item), "%s: not understood: '%s'",
                          metric_spec((enum metric_id)id)->name, from);
            ck_assert_str_eq(item.label, metric_spec((enum metric_id)id)->name);
            ck_assert_msg(item.is_undefined == !metrics.of[id].known, "%s: U or not: '%s'",
                          item.label, from);
            ck_assert_msg(item.is_undefined || fabs(item.value - metrics.of[id].value) < 2e-6,
                          "%s: value %.9f: '%s'", item.label, metrics.of[id].value, from);
            ck_assert_str_eq(
                item.unit,
                item.is_undefined ? "" : metric_unit_text(metric_spec((enum metric_id)id)->unit));
        }
        ck_assert_int_eq(*at, '\0');
        buf_release(&out);
    }
}
END_TEST

Suite *perfdata_suite(void)
{
    Suite *suite = suite_create("perfdata");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_test(core, all_items_with_values);
    tcase_add_test(core, all_items_without_values);
    tcase_add_test(core, known_items_only);
    tcase_add_test(core, ranges_are_printed_as_judged);
    tcase_add_test(limits, nothing_to_show_shows_nothing);
    tcase_add_test(limits, a_strict_reader_understands_every_item);
    return suite;
}
