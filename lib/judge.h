/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Metrics against thresholds, and failures against what the user wants of them: one state. */
#ifndef JUDGE_H
#define JUDGE_H

#include "failure.h"
#include "metric.h"
#include "state.h"
#include "threshold.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct judge_policy {
    uint64_t min_sample;
    enum state no_data, unreachable, deadline;
};

struct alert {
    enum metric_id metric;
    enum state state;
    double value;
    struct range range; /* as judged: a share is the count it amounts to */
};

struct verdict {
    enum state state;
    bool ratio_judged;
    struct alert alerts[METRICS]; /* worst first, then in the order of metrics */
    size_t alert_count;
    struct thresholds judged; /* only what was judged, shares resolved */
    size_t worst_failure;     /* where in the list, the first of the worst; 0 where there is none */
};

/* answered: messages whose request was answered. */
struct verdict judge_run(const struct metrics *metrics, const struct thresholds *thresholds,
                         const struct failure_list *failures, uint64_t answered,
                         const struct judge_policy *policy);

/* delivered + undelivered + overdue + not_found */
uint64_t judge_settled(const struct metrics *metrics);

#endif
