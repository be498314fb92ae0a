/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Warning and critical ranges per metric, and their defaults. */
#ifndef THRESHOLD_H
#define THRESHOLD_H

#include "error.h"
#include "metric.h"
#include "range.h"

#include <stdbool.h>

enum threshold_level { THRESHOLD_WARNING, THRESHOLD_CRITICAL, THRESHOLD_LEVELS };

struct threshold {
    bool set;
    struct range range;
};

struct thresholds {
    struct threshold of[THRESHOLD_LEVELS][METRICS];
};

/* -w 95: -c 90: -w spam=0 -w stop=0 */
struct thresholds thresholds_default(void);

/*
 * Reads [METRIC=]RANGE[,...] into one level; a metric named twice in it is an error, as is a share
 * in percent of something that is no count. False with ERROR_USAGE, thresholds then half set.
 */
bool thresholds_set(struct thresholds *thresholds, enum threshold_level level, const char *text,
                    struct error *err);

#endif
