/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Metrics as performance data of the Monitoring Plugins guidelines. */
#ifndef PERFDATA_H
#define PERFDATA_H

#include "buf.h"
#include "metric.h"
#include "threshold.h"

enum perfdata_mode {
    PERFDATA_ALL,   /* U where there is no value, so that labels never change */
    PERFDATA_KNOWN, /* Icinga 2 logs a warning for every U */
    PERFDATA_NONE
};

/* Appends " | label=value..." or nothing. judged: the ranges that were judged, shares resolved. */
void perfdata_write(struct buf *out, const struct metrics *metrics, const struct thresholds *judged,
                    enum perfdata_mode mode);

#endif
