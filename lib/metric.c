/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of metrics; see metric.h. */
#include "metric.h"

#include <string.h>

static const struct metric_spec SPECS[METRICS] = {
    [METRIC_DELIVERED_RATIO] = {"delivered_ratio", METRIC_UNIT_PERCENT, METRIC_LIMIT_HUNDRED,
                                "delivered, in percent of settled messages"},
    [METRIC_FAILED_RATIO] = {"failed_ratio", METRIC_UNIT_PERCENT, METRIC_LIMIT_HUNDRED,
                             "100 - delivered_ratio, for a plain upper limit"},
    [METRIC_MESSAGES] = {"messages", METRIC_UNIT_COUNT, METRIC_LIMIT_NONE,
                         "all that were asked about"},
    [METRIC_DELIVERED] = {"delivered", METRIC_UNIT_COUNT, METRIC_LIMIT_MESSAGES,
                          "reached the recipient"},
    [METRIC_UNDELIVERED] = {"undelivered", METRIC_UNIT_COUNT, METRIC_LIMIT_MESSAGES,
                            "failed for good"},
    [METRIC_WAITING] = {"waiting", METRIC_UNIT_COUNT, METRIC_LIMIT_MESSAGES,
                        "on their way, within the grace time"},
    [METRIC_OVERDUE] = {"overdue", METRIC_UNIT_COUNT, METRIC_LIMIT_MESSAGES,
                        "still waiting after the grace time"},
    [METRIC_NOT_FOUND] = {"not_found", METRIC_UNIT_COUNT, METRIC_LIMIT_MESSAGES,
                          "the API knows no such message"},
    [METRIC_UNKNOWN] = {"unknown", METRIC_UNIT_COUNT, METRIC_LIMIT_MESSAGES,
                        "no usable answer about them"},
    [METRIC_SPAM] = {"spam", METRIC_UNIT_COUNT, METRIC_LIMIT_MESSAGES, "flagged as spam"},
    [METRIC_STOP] = {"stop", METRIC_UNIT_COUNT, METRIC_LIMIT_MESSAGES, "recipient has opted out"},
    [METRIC_DUPLICATES] = {"duplicates", METRIC_UNIT_COUNT, METRIC_LIMIT_NONE,
                           "records that came before"},
    [METRIC_INVALID] = {"invalid", METRIC_UNIT_COUNT, METRIC_LIMIT_NONE,
                        "records skipped (--skip-invalid)"},
    [METRIC_REQUESTS] = {"requests", METRIC_UNIT_COUNT, METRIC_LIMIT_NONE, "sent to the API"},
    [METRIC_TIME] = {"time", METRIC_UNIT_SECONDS, METRIC_LIMIT_NONE,
                     "seconds spent on asking the API"},
    [METRIC_LATENCY_P50] = {"latency_p50", METRIC_UNIT_SECONDS, METRIC_LIMIT_NONE,
                            "seconds from sent to delivered, half of them"},
    [METRIC_LATENCY_P95] = {"latency_p95", METRIC_UNIT_SECONDS, METRIC_LIMIT_NONE,
                            "likewise, 95 % of them"},
    [METRIC_LATENCY_MAX] = {"latency_max", METRIC_UNIT_SECONDS, METRIC_LIMIT_NONE,
                            "likewise, the slowest"},
    [METRIC_OLDEST_WAITING] = {"oldest_waiting", METRIC_UNIT_SECONDS, METRIC_LIMIT_NONE,
                               "seconds that the oldest has waited"},
};

const struct metric_spec *metric_spec(enum metric_id id)
{
    return &SPECS[id];
}

const char *metric_unit_text(enum metric_unit unit)
{
    return unit == METRIC_UNIT_PERCENT ? "%" : unit == METRIC_UNIT_SECONDS ? "s" : "";
}

enum metric_id metric_named(const char *name, size_t length)
{
    int id = 0;
    while (id < METRICS &&
           (strlen(SPECS[id].name) != length || memcmp(SPECS[id].name, name, length) != 0))
        id++;
    return (enum metric_id)id;
}

void metrics_set(struct metrics *metrics, enum metric_id id, double value)
{
    metrics->of[id].known = true;
    metrics->of[id].value = value;
}
