/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What both forms of the report are made of. Not for others. */
#ifndef REPORT_PARTS_H
#define REPORT_PARTS_H

#include "phone.h"
#include "report.h"

#include <stdbool.h>

/* The first line's text, without prefix, state and perfdata. */
void report_summary(struct buf *out, const struct report *report);

/* A message that somebody should look at, ready to be printed. */
struct problem {
    const char *group; /* as people read it: "not found" */
    uint64_t message_id;
    char phone[PHONE_SIZE]; /* masked or not, as asked */
    enum outcome_kind outcome;
    char status[TEXT_SIZE]; /* clean; empty: none */
    const char *reason;     /* our own words where there is no status, or NULL */
    bool has_code, spam, stop;
    int code; /* below 0: not understood */
};

typedef void problem_visitor(void *context, const struct problem *problem);

/* Visits the first report->list_max problem messages, grouped by outcome, in batch order inside a
 * group. Returns how many there are in all. */
uint64_t report_problems(const struct report *report, problem_visitor *visit, void *context);

typedef void diagnostic_visitor(void *context, const char *line);

/* Visits what went wrong beside the messages: failed requests, skipped records. */
void report_diagnostics(const struct report *report, diagnostic_visitor *visit, void *context);

#endif
