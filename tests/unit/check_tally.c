/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From outcomes to metrics: counts, ratios over settled messages,
 * nearest-rank percentiles against sorted data, and the age of what waits.
 */
#include "suites.h"
#include "support.h"
#include "tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOW_MS INT64_C(1795421880000)

static struct outcome outcome_of(enum outcome_kind kind)
{
    struct outcome outcome = outcome_initial();
    outcome.kind = (unsigned)kind & 7U;
    outcome.answered = 1;
    return outcome;
}

static void expect(const char *row, const struct metrics *metrics, enum metric_id id, double value)
{
    ck_assert_msg(metrics->of[id].known && metrics->of[id].value == value,
                  "%s: %s: expected %.9f, got %s %.9f", row, metric_spec(id)->name, value,
                  metrics->of[id].known ? "" : "no value", metrics->of[id].value);
}

static void expect_no_value(const char *row, const struct metrics *metrics, enum metric_id id)
{
    ck_assert_msg(!metrics->of[id].known, "%s: %s: expected no value, got %.9f", row,
                  metric_spec(id)->name, metrics->of[id].value);
}

/* So many of each kind, in the order of enum outcome_kind. */
static const struct {
    const char *name;
    int of[OUTCOME_KINDS];
    double delivered_ratio, failed_ratio; /* -1: no value */
} COUNTS[] = {
    {"nothing", {0, 0, 0, 0, 0, 0}, -1, -1},
    {"all delivered", {7, 0, 0, 0, 0, 0}, 100, 0},
    {"none delivered", {0, 1, 0, 0, 0, 0}, 0, 100},
    {"waiting only", {0, 0, 5, 0, 0, 0}, -1, -1},
    {"unknown only", {0, 0, 0, 0, 0, 5}, -1, -1},
    {"waiting and unknown don't count", {1, 1, 5, 0, 0, 9}, 50, 50},
    {"overdue counts", {3, 0, 0, 1, 0, 0}, 75, 25},
    {"not found counts", {3, 0, 0, 0, 1, 0}, 75, 25},
    {"the manual's example", {176, 20, 0, 3, 1, 0}, 88, 12},
    {"one of each", {1, 1, 1, 1, 1, 1}, 25, 75},
};

START_TEST(counts_and_ratios)
{
    static const enum metric_id ids[OUTCOME_KINDS] = {METRIC_DELIVERED, METRIC_UNDELIVERED,
                                                      METRIC_WAITING,   METRIC_OVERDUE,
                                                      METRIC_NOT_FOUND, METRIC_UNKNOWN};
    struct message messages[300] = {{0}};
    struct outcome outcomes[300];
    struct metrics metrics = {0};
    size_t count = 0;
    for (int kind = 0; kind < OUTCOME_KINDS; kind++)
        for (int k = 0; k < COUNTS[_i].of[kind]; k++)
            outcomes[count++] = outcome_of((enum outcome_kind)kind);
    for (size_t i = 0; i < count; i++)
        messages[i].sent_ms = MESSAGE_SENT_UNKNOWN;
    tally(messages, outcomes, count, NOW_MS, &metrics);
    expect(COUNTS[_i].name, &metrics, METRIC_MESSAGES, (double)count);
    for (int kind = 0; kind < OUTCOME_KINDS; kind++)
        expect(COUNTS[_i].name, &metrics, ids[kind], COUNTS[_i].of[kind]);
    if (COUNTS[_i].delivered_ratio < 0) {
        expect_no_value(COUNTS[_i].name, &metrics, METRIC_DELIVERED_RATIO);
        expect_no_value(COUNTS[_i].name, &metrics, METRIC_FAILED_RATIO);
    } else {
        expect(COUNTS[_i].name, &metrics, METRIC_DELIVERED_RATIO, COUNTS[_i].delivered_ratio);
        expect(COUNTS[_i].name, &metrics, METRIC_FAILED_RATIO, COUNTS[_i].failed_ratio);
    }
    expect_no_value(COUNTS[_i].name, &metrics, METRIC_LATENCY_P50);
    expect_no_value(COUNTS[_i].name, &metrics, METRIC_OLDEST_WAITING);
}
END_TEST

START_TEST(flags_count_beside_the_outcome)
{
    struct message messages[4] = {{0}};
    struct outcome outcomes[4];
    struct metrics metrics = {0};
    for (int i = 0; i < 4; i++)
        outcomes[i] = outcome_of(OUTCOME_DELIVERED);
    outcomes[0].spam = outcomes[1].spam = outcomes[1].stop = outcomes[2].stop = outcomes[3].stop =
        1;
    outcomes[3].kind = OUTCOME_UNDELIVERED;
    tally(messages, outcomes, 4, NOW_MS, &metrics);
    expect("flags", &metrics, METRIC_SPAM, 2);
    expect("flags", &metrics, METRIC_STOP, 3);
    expect("flags", &metrics, METRIC_DELIVERED, 3);
    expect("flags", &metrics, METRIC_MESSAGES, 4);
}
END_TEST

START_TEST(what_others_count_is_left_alone)
{
    static const enum metric_id others[] = {METRIC_DUPLICATES, METRIC_INVALID, METRIC_REQUESTS,
                                            METRIC_TIME};
    struct metrics metrics = {0};
    tally(NULL, NULL, 0, NOW_MS, &metrics);
    for (int i = 0; i < COUNT_OF(others); i++)
        expect_no_value("tally", &metrics, others[i]);
    metrics_set(&metrics, METRIC_REQUESTS, 3);
    tally(NULL, NULL, 0, NOW_MS, &metrics);
    expect("tally", &metrics, METRIC_REQUESTS, 3);
}
END_TEST

static int compare(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The smallest value that at least percent % are not above, straight from the definition. */
static double reference_s(const uint64_t *sorted, size_t count, size_t percent)
{
    size_t rank = 1;
    while (rank * 100 < count * percent)
        rank++;
    return (double)sorted[rank - 1] / 1000;
}

static void expect_percentiles(const char *row, const uint64_t *latencies, size_t count)
{
    struct message *messages = calloc(2 * count, sizeof *messages);
    struct outcome *outcomes = malloc(2 * count * sizeof *outcomes);
    uint64_t *sorted = malloc(count * sizeof *sorted);
    struct metrics metrics = {0};
    memcpy(sorted, latencies, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare);
    for (size_t i = 0; i < count; i++) {
        outcomes[2 * i] = outcome_of(OUTCOME_DELIVERED);
        outcomes[2 * i].latency_ms = latencies[i] & OUTCOME_NO_LATENCY;
        outcomes[2 * i + 1] = outcome_of(i % 2 ? OUTCOME_DELIVERED : OUTCOME_UNDELIVERED);
    }
    tally(messages, outcomes, 2 * count, NOW_MS, &metrics);
    expect(row, &metrics, METRIC_LATENCY_P50, reference_s(sorted, count, 50));
    expect(row, &metrics, METRIC_LATENCY_P95, reference_s(sorted, count, 95));
    expect(row, &metrics, METRIC_LATENCY_MAX, (double)sorted[count - 1] / 1000);
    free(messages);
    free(outcomes);
    free(sorted);
}

START_TEST(percentiles_of_a_few)
{
    static const uint64_t latencies[] = {6000,  1500,  0,       6000,    86400000,  127,  128,
                                         16383, 16384, 2097151, 2097152, 999,       1000, 1001,
                                         0,     1,     2,       3,       172800000, 5};
    for (size_t count = 1; count <= COUNT_OF(latencies); count++) {
        char row[32];
        snprintf(row, sizeof row, "%zu latencies", count);
        expect_percentiles(row, latencies, count);
    }
}
END_TEST

/* Seconds, days, the whole room of the field, and all alike. */
START_TEST(percentiles_of_random_data)
{
    static const uint64_t limits[] = {1000, 172800000, OUTCOME_NO_LATENCY - 1, 1};
    uint64_t seed = 42, latencies[3000];
    for (int i = 0; i < COUNT_OF(limits); i++) {
        for (int round = 0; round < 10; round++) {
            size_t count = 1 + random_below(&seed, COUNT_OF(latencies));
            for (size_t k = 0; k < count; k++)
                latencies[k] = random_below(&seed, limits[i]);
            expect_percentiles("random", latencies, count);
        }
    }
    latencies[0] = OUTCOME_NO_LATENCY - 1;
    expect_percentiles("the largest", latencies, 1);
}
END_TEST

/* Ages of one message of that kind. -1: no value. */
static const struct {
    const char *name;
    enum outcome_kind kind;
    int64_t sent_ms;
    double oldest_s;
} AGES[] = {
    {"waiting", OUTCOME_WAITING, NOW_MS - 3600500, 3600.5},
    {"overdue", OUTCOME_OVERDUE, NOW_MS - 200000000, 200000},
    {"sent now", OUTCOME_WAITING, NOW_MS, 0},
    {"sent in the future", OUTCOME_WAITING, NOW_MS + 5000, 0},
    {"unknown sent time", OUTCOME_WAITING, MESSAGE_SENT_UNKNOWN, -1},
    {"delivered", OUTCOME_DELIVERED, 0, -1},
    {"undelivered", OUTCOME_UNDELIVERED, 0, -1},
    {"not found", OUTCOME_NOT_FOUND, 0, -1},
    {"unknown", OUTCOME_UNKNOWN, 0, -1},
    {"sent in 1970", OUTCOME_OVERDUE, 0, 1795421880},
};

START_TEST(the_age_of_what_waits)
{
    struct message message = {33612345678, 1, AGES[_i].sent_ms};
    struct outcome outcome = outcome_of(AGES[_i].kind);
    struct metrics metrics = {0};
    tally(&message, &outcome, 1, NOW_MS, &metrics);
    if (AGES[_i].oldest_s < 0)
        expect_no_value(AGES[_i].name, &metrics, METRIC_OLDEST_WAITING);
    else
        expect(AGES[_i].name, &metrics, METRIC_OLDEST_WAITING, AGES[_i].oldest_s);
}
END_TEST

START_TEST(the_oldest_of_several_counts)
{
    struct message messages[] = {{1, 1, NOW_MS - 1000},
                                 {1, 2, NOW_MS - 9000},
                                 {1, 3, MESSAGE_SENT_UNKNOWN},
                                 {1, 4, NOW_MS - 5000},
                                 {1, 5, NOW_MS - 99000}};
    struct outcome outcomes[5];
    struct metrics metrics = {0};
    for (int i = 0; i < 5; i++)
        outcomes[i] = outcome_of(i % 2 ? OUTCOME_OVERDUE : OUTCOME_WAITING);
    outcomes[4] = outcome_of(OUTCOME_DELIVERED);
    tally(messages, outcomes, 5, NOW_MS, &metrics);
    expect("five messages", &metrics, METRIC_OLDEST_WAITING, 9);
}
END_TEST

Suite *tally_suite(void)
{
    Suite *suite = suite_create("tally");
    TCase *core = add_case(suite, "core"), *latency = add_slow_case(suite, "latency"),
          *age = add_case(suite, "age");
    tcase_add_loop_test(core, counts_and_ratios, 0, COUNT_OF(COUNTS));
    tcase_add_test(core, flags_count_beside_the_outcome);
    tcase_add_test(core, what_others_count_is_left_alone);
    tcase_add_test(latency, percentiles_of_a_few);
    tcase_add_test(latency, percentiles_of_random_data);
    tcase_add_loop_test(age, the_age_of_what_waits, 0, COUNT_OF(AGES));
    tcase_add_test(age, the_oldest_of_several_counts);
    return suite;
}
