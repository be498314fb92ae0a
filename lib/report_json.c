/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report as one JSON object on one line, for Zabbix and scripts; its schema is in
 * contrib/schema. */
#include "report_parts.h"

#include "json_memory.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <yajl/yajl_gen.h>

static void put_string(yajl_gen json, const char *text)
{
    yajl_gen_string(json, (const unsigned char *)text, strlen(text));
}

static void put_member(yajl_gen json, const char *key, const char *text)
{
    put_string(json, key);
    put_string(json, text);
}

/* Our own text: yajl would print a double with 20 digits. */
static void put_number(yajl_gen json, double value)
{
    char text[NUMBER_SIZE];
    number_format(text, value);
    yajl_gen_number(json, text, strlen(text));
}

static void put_metrics(yajl_gen json, const struct report *report)
{
    put_string(json, "metrics");
    yajl_gen_map_open(json);
    for (int id = 0; id < METRICS; id++) {
        put_string(json, metric_spec((enum metric_id)id)->name);
        if (report->metrics->of[id].known)
            put_number(json, report->metrics->of[id].value);
        else
            yajl_gen_null(json);
    }
    yajl_gen_map_close(json);
}

static void put_alert(yajl_gen json, const struct alert *alert)
{
    char range[RANGE_SIZE];
    yajl_gen_map_open(json);
    put_member(json, "metric", metric_spec(alert->metric)->name);
    put_string(json, "value");
    put_number(json, alert->value);
    put_member(json, "state", state_name(alert->state));
    put_member(json, "range", range_format(range, &alert->range));
    yajl_gen_map_close(json);
}

static void put_alerts(yajl_gen json, const struct report *report)
{
    put_string(json, "alerts");
    yajl_gen_array_open(json);
    for (size_t i = 0; !report->error && i < report->verdict->alert_count; i++)
        put_alert(json, &report->verdict->alerts[i]);
    yajl_gen_array_close(json);
}

/* The id is text: 19 digits don't fit a double. */
static void put_problem(void *context, const struct problem *problem)
{
    yajl_gen json = context;
    char id[24];
    snprintf(id, sizeof id, "%" PRIu64, problem->message_id);
    yajl_gen_map_open(json);
    put_member(json, "message_id", id);
    put_member(json, "phone_number", problem->phone);
    put_member(json, "outcome", outcome_name(problem->outcome));
    put_string(json, "status");
    if (problem->status[0])
        put_string(json, problem->status);
    else
        yajl_gen_null(json);
    put_string(json, "code");
    if (problem->has_code && problem->code >= 0)
        yajl_gen_integer(json, problem->code);
    else
        yajl_gen_null(json);
    put_string(json, "spam");
    yajl_gen_bool(json, problem->spam);
    put_string(json, "stop");
    yajl_gen_bool(json, problem->stop);
    yajl_gen_map_close(json);
}

static void put_problems(yajl_gen json, const struct report *report)
{
    put_string(json, "problems");
    yajl_gen_array_open(json);
    if (!report->error)
        report_problems(report, put_problem, json);
    yajl_gen_array_close(json);
}

static void put_diagnostic(void *context, const char *line)
{
    put_string(context, line);
}

static void put_errors(yajl_gen json, const struct report *report)
{
    put_string(json, "errors");
    yajl_gen_array_open(json);
    report_diagnostics(report, put_diagnostic, json);
    yajl_gen_array_close(json);
}

static void put_report(yajl_gen json, const struct report *report, const char *summary)
{
    yajl_gen_map_open(json);
    put_member(json, "plugin", report->plugin);
    put_member(json, "version", report->version);
    put_member(json, "state", state_name(report->state));
    put_string(json, "exit_code");
    yajl_gen_integer(json, (long long)report->state);
    put_member(json, "summary", summary);
    put_metrics(json, report);
    put_alerts(json, report);
    put_problems(json, report);
    put_errors(json, report);
    yajl_gen_map_close(json);
}

static void print(void *context, const char *text, size_t length)
{
    buf_add(context, text, length);
}

/* What is written, where to, and with what. */
struct writing {
    struct json_memory memory;
    const struct report *report;
    const char *summary;
    struct buf *out;
};

static void write_step(void *context)
{
    struct writing *writing = context;
    yajl_gen json = yajl_gen_alloc(&writing->memory.functions);
    yajl_gen_config(json, yajl_gen_validate_utf8, 1);
    yajl_gen_config(json, yajl_gen_print_callback, print, writing->out);
    put_report(json, writing->report, writing->summary);
}

void report_json(struct buf *out, const struct report *report)
{
    struct buf summary;
    buf_init(&summary, out->ceiling);
    report_summary(&summary, report);
    struct writing writing = {
        .report = report, .summary = summary.data ? summary.data : "", .out = out};
    json_memory_init(&writing.memory);
    if (!json_memory_run(&writing.memory, write_step, &writing) || buf_failed(&summary))
        out->failed = true;
    buf_add_string(out, "\n");
    json_memory_release(&writing.memory);
    buf_release(&summary);
}
