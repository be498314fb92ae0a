/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts, ratios and percentiles; see tally.h. */
#include "tally.h"

/* Percentiles are picked by digits, so that no second copy of the latencies is needed. */
enum { DIGIT_BITS = 7, DIGITS = 1 << DIGIT_BITS };

struct counts {
    uint64_t of[OUTCOME_KINDS], spam, stop, latencies, latency_max_ms;
    int64_t oldest_sent_ms; /* of those that wait; MESSAGE_SENT_UNKNOWN: none */
};

static void count_waiting(struct counts *counts, const struct message *message)
{
    if (message->sent_ms == MESSAGE_SENT_UNKNOWN)
        return;
    if (counts->oldest_sent_ms == MESSAGE_SENT_UNKNOWN || message->sent_ms < counts->oldest_sent_ms)
        counts->oldest_sent_ms = message->sent_ms;
}

static void count_one(struct counts *counts, const struct message *message,
                      const struct outcome *outcome)
{
    counts->of[outcome->kind]++;
    counts->spam += outcome->spam;
    counts->stop += outcome->stop;
    if (outcome->kind == OUTCOME_WAITING || outcome->kind == OUTCOME_OVERDUE)
        count_waiting(counts, message);
    if (outcome->latency_ms == OUTCOME_NO_LATENCY)
        return;
    counts->latencies++;
    if (outcome->latency_ms > counts->latency_max_ms)
        counts->latency_max_ms = outcome->latency_ms;
}

/* The rank-th smallest latency (from 1): its digits are found one by one, from the highest. */
static uint64_t select_latency_ms(const struct outcome *outcomes, size_t count, uint64_t rank)
{
    uint64_t found = 0;
    for (int shift = OUTCOME_LATENCY_BITS - DIGIT_BITS; shift >= 0; shift -= DIGIT_BITS) {
        uint64_t with_digit[DIGITS] = {0};
        uint64_t digit = 0;
        for (size_t i = 0; i < count; i++) {
            uint64_t latency = outcomes[i].latency_ms;
            if (latency != OUTCOME_NO_LATENCY && latency >> shift >> DIGIT_BITS == found)
                with_digit[latency >> shift & (DIGITS - 1)]++;
        }
        while (rank > with_digit[digit])
            rank -= with_digit[digit++];
        found = found << DIGIT_BITS | digit;
    }
    return found;
}

/* Nearest rank: the smallest value that at least percent % of all are not above. */
static double percentile_s(const struct outcome *outcomes, size_t count, uint64_t latencies,
                           uint64_t percent)
{
    uint64_t rank = (latencies * percent + 99) / 100;
    return (double)select_latency_ms(outcomes, count, rank) / 1000;
}

static void set_ratios(const struct counts *counts, struct metrics *metrics)
{
    uint64_t failed = counts->of[OUTCOME_UNDELIVERED] + counts->of[OUTCOME_OVERDUE] +
                      counts->of[OUTCOME_NOT_FOUND];
    uint64_t settled = counts->of[OUTCOME_DELIVERED] + failed;
    if (settled == 0)
        return;
    metrics_set(metrics, METRIC_DELIVERED_RATIO,
                100.0 * (double)counts->of[OUTCOME_DELIVERED] / (double)settled);
    metrics_set(metrics, METRIC_FAILED_RATIO, 100.0 * (double)failed / (double)settled);
}

static void set_counts(const struct counts *counts, size_t count, struct metrics *metrics)
{
    static const enum metric_id ids[OUTCOME_KINDS] = {
        [OUTCOME_DELIVERED] = METRIC_DELIVERED, [OUTCOME_UNDELIVERED] = METRIC_UNDELIVERED,
        [OUTCOME_WAITING] = METRIC_WAITING,     [OUTCOME_OVERDUE] = METRIC_OVERDUE,
        [OUTCOME_NOT_FOUND] = METRIC_NOT_FOUND, [OUTCOME_UNKNOWN] = METRIC_UNKNOWN,
    };
    metrics_set(metrics, METRIC_MESSAGES, (double)count);
    for (int kind = 0; kind < OUTCOME_KINDS; kind++)
        metrics_set(metrics, ids[kind], (double)counts->of[kind]);
    metrics_set(metrics, METRIC_SPAM, (double)counts->spam);
    metrics_set(metrics, METRIC_STOP, (double)counts->stop);
}

void tally(const struct message *messages, const struct outcome *outcomes, size_t count,
           int64_t now_ms, struct metrics *metrics)
{
    struct counts counts = {.oldest_sent_ms = MESSAGE_SENT_UNKNOWN};
    for (size_t i = 0; i < count; i++)
        count_one(&counts, &messages[i], &outcomes[i]);
    set_counts(&counts, count, metrics);
    set_ratios(&counts, metrics);
    if (counts.latencies > 0) {
        metrics_set(metrics, METRIC_LATENCY_P50,
                    percentile_s(outcomes, count, counts.latencies, 50));
        metrics_set(metrics, METRIC_LATENCY_P95,
                    percentile_s(outcomes, count, counts.latencies, 95));
        metrics_set(metrics, METRIC_LATENCY_MAX, (double)counts.latency_max_ms / 1000);
    }
    if (counts.oldest_sent_ms != MESSAGE_SENT_UNKNOWN) {
        int64_t age_ms = now_ms - counts.oldest_sent_ms;
        metrics_set(metrics, METRIC_OLDEST_WAITING, age_ms > 0 ? (double)age_ms / 1000 : 0);
    }
}
