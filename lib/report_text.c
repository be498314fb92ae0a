/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report as Nagios and people read it: one line with perfdata, then what is behind it. */
#include "report_parts.h"

#include <inttypes.h>
#include <stdio.h>

/* Ratios are cut to two decimals as in the first line, unless what is left wouldn't alert: "5 is
 * outside 5" explains nothing. The allowance is for products such as 88.57 * 100, a hair below
 * 8857. */
static const char *format_value(char out[NUMBER_SIZE], const struct alert *alert)
{
    const double allowance = 1e-9;
    double cut = number_floor(alert->value * 100 + allowance) / 100;
    bool is_ratio = alert->metric == METRIC_DELIVERED_RATIO || alert->metric == METRIC_FAILED_RATIO;
    return number_format(out, is_ratio && range_alerts(&alert->range, cut) ? cut : alert->value);
}

static void write_alert(struct buf *out, const struct alert *alert)
{
    char value[NUMBER_SIZE], range[RANGE_SIZE];
    const struct metric_spec *spec = metric_spec(alert->metric);
    buf_addf(out, "[%s] %s %s%s is %s %s\n", state_name(alert->state), spec->name,
             format_value(value, alert), metric_unit_text(spec->unit),
             alert->range.inside ? "inside" : "outside", range_format(range, &alert->range));
}

static void write_problem(void *context, const struct problem *problem)
{
    struct buf *out = context;
    const char *said = problem->status[0] ? problem->status : problem->reason;
    buf_addf(out, "[%s] message %" PRIu64 " to %s: %s", problem->group, problem->message_id,
             problem->phone, said ? said : "no status");
    if (problem->has_code && problem->code < 0)
        buf_add_string(out, " (code not understood)");
    else if (problem->has_code && problem->code != 200)
        buf_addf(out, " (code %d)", problem->code);
    buf_add_string(out, "\n");
}

static void write_line(void *context, const char *line)
{
    buf_addf(context, "%s\n", line);
}

static void write_details(struct buf *out, const struct report *report)
{
    for (size_t i = 0; i < report->verdict->alert_count; i++)
        write_alert(out, &report->verdict->alerts[i]);
    uint64_t problems = report_problems(report, write_problem, out);
    if (problems > report->list_max)
        buf_addf(out, "... and %" PRIu64 " more\n", problems - report->list_max);
    report_diagnostics(report, write_line, out);
    buf_add(out, report->trace->lines.data, report->trace->lines.length);
    if (buf_failed(&report->trace->lines))
        buf_add_string(out, "... trace cut here\n");
}

/* Green, yellow, red, magenta. */
static void write_state(struct buf *out, const struct report *report)
{
    static const int colours[STATES] = {32, 33, 31, 35};
    if (report->colours)
        buf_addf(out, "\033[%dm%s\033[0m", colours[report->state], state_name(report->state));
    else
        buf_add_string(out, state_name(report->state));
}

void report_text(struct buf *out, const struct report *report)
{
    buf_add_string(out, "SMSPARTNER ");
    write_state(out, report);
    buf_add_string(out, " - ");
    report_summary(out, report);
    if (!report->error)
        perfdata_write(out, report->metrics, &report->verdict->judged, report->perfdata);
    buf_add_string(out, "\n");
    if (!report->error)
        write_details(out, report);
}
