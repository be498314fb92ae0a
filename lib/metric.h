/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The metrics: one table of names and units, and the values of a run. */
#ifndef METRIC_H
#define METRIC_H

#include <stdbool.h>
#include <stddef.h>

/* In the order of the perfdata, which never changes. */
enum metric_id {
    METRIC_DELIVERED_RATIO,
    METRIC_FAILED_RATIO,
    METRIC_MESSAGES,
    METRIC_DELIVERED,
    METRIC_UNDELIVERED,
    METRIC_WAITING,
    METRIC_OVERDUE,
    METRIC_NOT_FOUND,
    METRIC_UNKNOWN,
    METRIC_SPAM,
    METRIC_STOP,
    METRIC_DUPLICATES,
    METRIC_INVALID,
    METRIC_REQUESTS,
    METRIC_TIME,
    METRIC_LATENCY_P50,
    METRIC_LATENCY_P95,
    METRIC_LATENCY_MAX,
    METRIC_OLDEST_WAITING,
    METRICS
};

enum metric_unit { METRIC_UNIT_COUNT, METRIC_UNIT_PERCENT, METRIC_UNIT_SECONDS };

/* What a value can't be above. */
enum metric_limit { METRIC_LIMIT_NONE, METRIC_LIMIT_HUNDRED, METRIC_LIMIT_MESSAGES };

struct metric_spec {
    const char *name;
    enum metric_unit unit;
    enum metric_limit limit;
    const char *meaning; /* for --help */
};

const struct metric_spec *metric_spec(enum metric_id id);

/* %, s or nothing. */
const char *metric_unit_text(enum metric_unit unit);

/* METRICS when there is none of that name. */
enum metric_id metric_named(const char *name, size_t length);

/* {0}: nothing is known. */
struct metrics {
    struct {
        bool known;
        double value;
    } of[METRICS];
};

void metrics_set(struct metrics *metrics, enum metric_id id, double value);

#endif
