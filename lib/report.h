/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is printed at the end, as text or as JSON: pure functions of what the run has found. */
#ifndef REPORT_H
#define REPORT_H

#include "batch.h"
#include "buf.h"
#include "detail.h"
#include "error.h"
#include "failure.h"
#include "judge.h"
#include "message.h"
#include "metric.h"
#include "outcome.h"
#include "perfdata.h"
#include "text.h"
#include "trace.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define REPORT_LIST_ALL SIZE_MAX

/* All borrowed. Where error is set the run ended before the first request, and what is said to need
 * a run may be NULL. */
struct report {
    const char *plugin, *version;
    const struct error *error;
    enum state state;
    const struct batch *batch;           /* needs a run */
    const struct outcome *outcomes;      /* needs a run; one for each of batch->messages */
    const struct detail_table *details;  /* needs a run */
    const struct metrics *metrics;       /* {0} without a run */
    const struct verdict *verdict;       /* needs a run */
    const struct failure_list *failures; /* needs a run */
    struct text_rules rules;             /* mask_numbers: phone numbers are masked everywhere */
    bool colours;                        /* of the state's word, for a terminal; text only */
    enum perfdata_mode perfdata;
    uint64_t min_sample;
    size_t list_max;           /* problem messages, or REPORT_LIST_ALL */
    const struct trace *trace; /* needs a run; text only */
};

/* Appends the report; the caller asks buf_failed. JSON: one object on one line. */
void report_text(struct buf *out, const struct report *report);
void report_json(struct buf *out, const struct report *report);

#endif
