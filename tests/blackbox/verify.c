/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rules for all output: one first line whose state word agrees with the exit code, at most one
 * '|', clean characters, nothing on standard error, complete and consistent perfdata or JSON, no
 * key and no whole phone number. It reads the output into the result on the way.
 */
#include "verify.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "output_readers.h"

enum { FIRST_LINE_ROOM = 900 };

static const char *const state_names[] = {"OK", "WARNING", "CRITICAL", "UNKNOWN"};

const struct metric_name metric_names[METRICS] = {
    {"delivered_ratio", "%"},
    {"failed_ratio", "%"},
    {"messages", ""},
    {"delivered", ""},
    {"undelivered", ""},
    {"waiting", ""},
    {"overdue", ""},
    {"not_found", ""},
    {"unknown", ""},
    {"spam", ""},
    {"stop", ""},
    {"duplicates", ""},
    {"invalid", ""},
    {"requests", ""},
    {"time", "s"},
    {"latency_p50", "s"},
    {"latency_p95", "s"},
    {"latency_max", "s"},
    {"oldest_waiting", "s"},
};

static const struct metric_name *metric_named(const char *label)
{
    for (size_t i = 0; i < METRICS; i++) {
        if (strcmp(metric_names[i].label, label) == 0) {
            return &metric_names[i];
        }
    }
    return NULL;
}

/* Length of the UTF-8 sequence at p, 0 when it is none; the code point goes to *point. */
static size_t sequence(const unsigned char *p, uint32_t *point)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = p[0] < 0x80 ? 1 : p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : p[0] >= 0xC0 ? 2 : 0;

    *point = length == 1 ? p[0] : p[0] & (0x7FU >> length);
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            return 0;
        }
        *point = *point << 6 | (p[i] & 0x3FU);
    }
    if (length > 1 && (*point < smallest[length] || *point > 0x10FFFF)) {
        return 0;
    }
    return *point >= 0xD800 && *point <= 0xDFFF ? 0 : length;
}

static bool harmful(uint32_t point)
{
    return (point < 0x20 && point != '\n') || (point >= 0x7F && point <= 0x9F) || point == 0x2028 ||
           point == 0x2029 || (point >= 0x202A && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069);
}

static void verify_characters(const struct result *result)
{
    const unsigned char *p = (const unsigned char *)result->out;
    const unsigned char *end = p + result->size;

    while (p < end) {
        uint32_t point = 0;
        size_t length = sequence(p, &point);

        ck_assert_msg(length > 0, "invalid UTF-8\n%s", shown(result));
        ck_assert_msg(!harmful(point), "character U+%04X\n%s", (unsigned)point, shown(result));
        p += length;
    }
}

/* The numbers of all tests are 06 39 98 xx xx. */
static void verify_secrets(const struct result *result)
{
    const char *digits = result->out;

    expect_no_text(result, simulator_key);
    while (!contains(result->command, "--show-numbers") &&
           (digits = strstr(digits, "63998")) != NULL) {
        digits += strlen("63998");
        ck_assert_msg(strspn(digits, "0123456789") < 4, "a whole phone number\n%s", shown(result));
    }
}

static int state_of(const char *word, size_t length)
{
    for (int i = 0; i < 4; i++) {
        if (strlen(state_names[i]) == length && strncmp(word, state_names[i], length) == 0) {
            return i;
        }
    }
    return -1;
}

static void verify_first_line(const struct result *result)
{
    static const char prefix[] = "SMSPARTNER ";
    const char *word = result->out + strlen(prefix);

    expect(result, strncmp(result->out, prefix, strlen(prefix)) == 0);
    ck_assert_msg(state_of(word, strcspn(word, " ")) == result->exit_code,
                  "state and exit code disagree\n%s", shown(result));
    expect(result, strncmp(word + strcspn(word, " "), " - ", 3) == 0);
    expect(result, word[strcspn(word, " ") + 3] > ' ');
    expect(result, !contains(result->rest, "\nSMSPARTNER "));
    expect(result, strncmp(result->rest, prefix, strlen(prefix)) != 0);
}

static void read_lines(struct result *result)
{
    size_t length = strcspn(result->out, "\n");
    char *first = format("%.*s", (int)length, result->out);
    char *bar = strstr(first, " | ");

    result->rest = result->out + length + (result->out[length] == '\n');
    result->has_perfdata = bar != NULL;
    if (bar != NULL) {
        bool sound = perfdata_read(bar + 3, &result->perfdata);

        *bar = '\0';
        ck_assert_msg(sound, "perfdata: %s\n%s", result->perfdata.error, shown(result));
    }
    result->first = first;
}

/* What the last --perfdata says. */
static const char *perfdata_mode(const struct result *result)
{
    static const char option[] = "--perfdata";
    const char *mode = "all";

    for (const char *at = strstr(result->command, option); at != NULL; at = strstr(at, option)) {
        at += strlen(option);
        mode = *at == '\0' ? at : format("%.*s", (int)strcspn(at + 1, " "), at + 1);
    }
    return mode;
}

/* All labels in their order; all of them unless --perfdata known. */
static void verify_labels(const struct result *result)
{
    const struct perfdata *perfdata = &result->perfdata;
    bool known_only = strcmp(perfdata_mode(result), "known") == 0;
    size_t next = 0;

    for (size_t i = 0; i < perfdata->count; i++, next++) {
        const struct perf_item *item = &perfdata->items[i];

        while (known_only && next < METRICS && strcmp(metric_names[next].label, item->label) != 0) {
            next++;
        }
        ck_assert_msg(next < METRICS && strcmp(metric_names[next].label, item->label) == 0,
                      "label %s is out of place\n%s", item->label, shown(result));
        ck_assert_msg(strcmp(item->unit, item->known ? metric_names[next].unit : "") == 0,
                      "unit of %s\n%s", item->label, shown(result));
        ck_assert_msg(!item->quoted, "%s is quoted\n%s", item->label, shown(result));
        expect(result, item->known || !known_only);
    }
    expect(result, known_only || perfdata->count == METRICS);
    expect(result, strcmp(perfdata_mode(result), "none") != 0);
}

static void verify_split(const struct result *result)
{
    struct split_output nagios = nagios_split(result->out);
    struct split_output icinga = icinga_split(result->out);
    const char *bar = strchr(result->out, '|');

    ck_assert_msg(strcmp(nagios.perfdata, icinga.perfdata) == 0,
                  "Nagios reads '%.300s', Icinga '%.300s'\n%s", nagios.perfdata, icinga.perfdata,
                  shown(result));
    expect(result, bar == NULL || strchr(bar + 1, '|') == NULL);
    expect(result, (bar != NULL) == result->has_perfdata);
    expect(result, bar == NULL || bar < result->rest);
}

/* A range in perfdata that its value violates must show in the exit code. */
static void verify_judged(const struct result *result)
{
    for (size_t i = 0; i < result->perfdata.count; i++) {
        const struct perf_item *item = &result->perfdata.items[i];
        struct range_reading warn;
        struct range_reading crit;

        if (item->known && range_read(item->crit, &crit) && range_alerts(&crit, item->number)) {
            ck_assert_msg(result->exit_code == CRITICAL, "%s is critical\n%s", item->label,
                          shown(result));
        }
        if (item->known && range_read(item->warn, &warn) && range_alerts(&warn, item->number)) {
            ck_assert_msg(result->exit_code == WARNING || result->exit_code == CRITICAL,
                          "%s is a warning\n%s", item->label, shown(result));
        }
    }
}

static double count_of(const struct result *result, const char *label)
{
    if (result->object != NULL) {
        return json_number(result->object, format("metrics.%s", label));
    }
    return perfdata_find(&result->perfdata, label)->number;
}

/* Counts add up, and the ratios follow from them. */
static void verify_sums(const struct result *result)
{
    double delivered = count_of(result, "delivered");
    double settled = delivered + count_of(result, "undelivered") + count_of(result, "overdue") +
                     count_of(result, "not_found");
    double all = settled + count_of(result, "waiting") + count_of(result, "unknown");
    const struct perf_item *item = perfdata_find(&result->perfdata, "delivered_ratio");
    const struct perf_item *failed = perfdata_find(&result->perfdata, "failed_ratio");

    ck_assert_msg(fabs(all - count_of(result, "messages")) < 0.5, "outcomes don't add up\n%s",
                  shown(result));
    if (item != NULL) {
        expect(result, item->known == (settled > 0));
    }
    if (item != NULL && item->known) {
        expect(result, fabs(item->number - 100 * delivered / settled) < 1e-5);
        expect(result, failed != NULL && fabs(item->number + failed->number - 100) < 1e-5);
    }
}

static void verify_text(struct result *result)
{
    read_lines(result);
    verify_first_line(result);
    verify_split(result);
    if (result->has_perfdata) {
        verify_labels(result);
        verify_sums(result);
        verify_judged(result);
    }
    if (!contains(result->command, "-w ") && !contains(result->command, "-c ")) {
        expect(result, strcspn(result->out, "\n") < FIRST_LINE_ROOM);
    }
}

static void verify_members(const struct result *result)
{
    static const char *const members[] = {"plugin",  "version", "state",    "exit_code", "summary",
                                          "metrics", "alerts",  "problems", "errors"};
    json object = result->object;

    expect(result, YAJL_IS_OBJECT(object));
    expect(result, object->u.object.len == sizeof members / sizeof members[0]);
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        ck_assert_msg(json_find(object, members[i]) != NULL, "no %s\n%s", members[i],
                      shown(result));
    }
    expect(result, (int)json_number(object, "exit_code") == result->exit_code);
    expect(result, strcmp(json_text(object, "state"), state_names[result->exit_code]) == 0);
    expect(result, json_text(object, "summary")[0] != '\0');
    expect(result, strchr(json_text(object, "summary"), '|') == NULL);
    expect(result,
           json_text(object, "plugin")[0] != '\0' && json_text(object, "version")[0] != '\0');
}

static void verify_metrics(const struct result *result)
{
    json metrics = json_at(result->object, "metrics");

    expect(result, YAJL_IS_OBJECT(metrics));
    expect(result, metrics->u.object.len == METRICS);
    for (size_t i = 0; i < METRICS; i++) {
        json value = json_at(metrics, metric_names[i].label);

        expect(result, YAJL_IS_NUMBER(value) || YAJL_IS_NULL(value));
    }
    if (YAJL_IS_NUMBER(json_at(metrics, "messages"))) {
        verify_sums(result);
    }
}

static void verify_alerts(const struct result *result)
{
    for (size_t i = 0; i < json_length(result->object, "alerts"); i++) {
        json alert = json_at(result->object, format("alerts.%zu", i));
        const char *state = json_text(alert, "state");
        struct range_reading range;

        expect(result, metric_named(json_text(alert, "metric")) != NULL);
        expect(result, range_read(json_text(alert, "range"), &range));
        expect(result, range_alerts(&range, json_number(alert, "value")));
        expect(result, strcmp(state, "WARNING") == 0 || strcmp(state, "CRITICAL") == 0);
        expect(result, result->exit_code == CRITICAL || strcmp(state, "WARNING") == 0);
        expect(result, result->exit_code == CRITICAL || result->exit_code == WARNING);
    }
}

static void verify_problems(const struct result *result)
{
    for (size_t i = 0; i < json_length(result->object, "problems"); i++) {
        json problem = json_at(result->object, format("problems.%zu", i));

        expect(result, json_text(problem, "message_id")[0] != '\0');
        expect(result, json_text(problem, "phone_number")[0] == '+');
        expect(result, json_text(problem, "outcome")[0] != '\0');
        expect(result, json_find(problem, "status") != NULL);
        expect(result, json_find(problem, "code") != NULL);
        (void)json_true(problem, "spam");
        (void)json_true(problem, "stop");
    }
    for (size_t i = 0; i < json_length(result->object, "errors"); i++) {
        expect(result, json_text(result->object, format("errors.%zu", i))[0] != '\0');
    }
}

static void verify_json(struct result *result)
{
    result->object = json_read(result->out);
    result->first = "";
    result->rest = "";
    expect(result, result->object != NULL);
    expect(result, count_lines(result->out) == 1);
    verify_members(result);
    verify_metrics(result);
    verify_alerts(result);
    verify_problems(result);
}

void verify(struct result *result, const struct how *how)
{
    result->first = "";
    result->rest = "";
    expect(result, result->err[0] == '\0');
    expect(result, result->exit_code >= OK && result->exit_code <= UNKNOWN);
    expect(result, result->size > 0 && strlen(result->out) == result->size);
    expect(result, result->out[result->size - 1] == '\n');
    verify_characters(result);
    verify_secrets(result);
    if (how->help) {
        return;
    }
    if (result->out[0] == '{') {
        verify_json(result);
    } else {
        verify_text(result);
    }
}
