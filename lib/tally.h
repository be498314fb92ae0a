/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over the outcomes gives the metrics of delivery. */
#ifndef TALLY_H
#define TALLY_H

#include "message.h"
#include "metric.h"
#include "outcome.h"

#include <stddef.h>
#include <stdint.h>

/* Sets all metrics that come from messages and outcomes; now_ms is wall time. */
void tally(const struct message *messages, const struct outcome *outcomes, size_t count,
           int64_t now_ms, struct metrics *metrics);

#endif
