/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What both forms of the report are made of; see report_parts.h. */
#include "report_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { SUMMARY_REASON_MAX = 120 };

static uint64_t count_of(const struct report *report, enum metric_id id)
{
    return (uint64_t)report->metrics->of[id].value;
}

/* Cut, not rounded: 89.996 must not read 90.00 beside a CRITICAL. */
static void summarize_ratio(struct buf *out, const struct report *report, uint64_t settled)
{
    uint64_t delivered = count_of(report, METRIC_DELIVERED);
    uint64_t hundredths = delivered * 10000 / settled;
    buf_addf(out, "%" PRIu64 ".%02" PRIu64 "%% delivered (%" PRIu64 " of %" PRIu64 ")",
             hundredths / 100, hundredths % 100, delivered, settled);
}

static void summarize_counts(struct buf *out, const struct report *report)
{
    static const struct {
        enum metric_id id;
        const char *words;
    } parts[] = {
        {METRIC_UNDELIVERED, "not delivered"},
        {METRIC_WAITING, "waiting"},
        {METRIC_OVERDUE, "overdue"},
        {METRIC_NOT_FOUND, "not found"},
        {METRIC_UNKNOWN, "unknown"},
        {METRIC_SPAM, "spam"},
        {METRIC_STOP, "stop"},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (count_of(report, parts[i].id) > 0)
            buf_addf(out, ", %" PRIu64 " %s", count_of(report, parts[i].id), parts[i].words);
}

/* As much of it as leaves the first line, with its perfdata, below what NRPE cuts. */
static void summarize_failure(struct buf *out, const char *text)
{
    size_t length = strlen(text);
    if (length > SUMMARY_REASON_MAX) {
        length = SUMMARY_REASON_MAX;
        while (((unsigned char)text[length] & 0xC0) == 0x80)
            length--;
    }
    buf_add_string(out, ": ");
    buf_add(out, text, length);
}

void report_summary(struct buf *out, const struct report *report)
{
    if (report->error) {
        buf_add_string(out, report->error->text);
        return;
    }
    uint64_t settled = judge_settled(report->metrics);
    if (settled > 0)
        summarize_ratio(out, report, settled);
    else
        buf_add_string(out, "no message settled yet");
    summarize_counts(out, report);
    if (count_of(report, METRIC_MESSAGES) == 0)
        buf_add_string(out, report->batch->other_shards > 0 ? ", none is in this shard"
                            : report->batch->invalid > 0    ? ", the batch has no valid record"
                                                            : ", the batch is empty");
    if (settled > 0 && settled < report->min_sample)
        buf_addf(out, ", not judged below %" PRIu64 " settled", report->min_sample);
    if (report->failures->count > 0)
        summarize_failure(out, report->failures->items[report->verdict->worst_failure].text);
}

/* The groups of problem messages, in the order of the report. */
enum group { UNDELIVERED, OVERDUE, NOT_FOUND, UNKNOWN, SPAM, STOP, GROUPS };

static enum group group_of(const struct outcome *outcome)
{
    static const enum group by_kind[OUTCOME_KINDS] = {
        [OUTCOME_DELIVERED] = GROUPS,    [OUTCOME_UNDELIVERED] = UNDELIVERED,
        [OUTCOME_WAITING] = GROUPS,      [OUTCOME_OVERDUE] = OVERDUE,
        [OUTCOME_NOT_FOUND] = NOT_FOUND, [OUTCOME_UNKNOWN] = UNKNOWN,
    };
    enum group group = by_kind[outcome->kind];
    if (group != GROUPS)
        return group;
    return outcome->spam ? SPAM : outcome->stop ? STOP : GROUPS;
}

static const char *group_words(enum group group, enum outcome_kind kind)
{
    return group == SPAM ? "spam" : group == STOP ? "stop" : outcome_words(kind);
}

static const char *reason_of(uint16_t detail)
{
    return detail == DETAIL_NOT_ANSWERED ? "its request has no answer"
           : detail == DETAIL_NO_ENTRY   ? "the answer has no entry for it"
           : detail == DETAIL_TOO_MANY   ? "the API said too many different things"
                                         : NULL;
}

static struct problem describe_problem(const struct report *report, size_t i, enum group group)
{
    const struct message *message = &report->batch->messages.items[i];
    const struct outcome *outcome = &report->outcomes[i];
    struct detail detail = detail_get(report->details, (uint16_t)outcome->detail);
    struct problem problem = {
        .group = group_words(group, (enum outcome_kind)outcome->kind),
        .message_id = message->id,
        .outcome = (enum outcome_kind)outcome->kind,
        .reason = reason_of((uint16_t)outcome->detail),
        .has_code = detail.has_code,
        .code = detail.code,
        .spam = outcome->spam,
        .stop = outcome->stop,
    };
    if (report->rules.mask_numbers)
        phone_mask(problem.phone, message->number);
    else
        phone_format(problem.phone, message->number);
    if (detail.status)
        text_clean_string(problem.status, detail.status, &report->rules);
    return problem;
}

uint64_t report_problems(const struct report *report, problem_visitor *visit, void *context)
{
    uint64_t in_group[GROUPS + 1] = {0}, all = 0;
    size_t shown = 0, count = report->batch->messages.count;
    for (size_t i = 0; i < count; i++)
        in_group[group_of(&report->outcomes[i])]++;
    for (int group = 0; group < GROUPS; group++) {
        all += in_group[group];
        for (size_t i = 0; i < count && in_group[group] > 0 && shown < report->list_max; i++) {
            if (group_of(&report->outcomes[i]) != (enum group)group)
                continue;
            struct problem problem = describe_problem(report, i, (enum group)group);
            visit(context, &problem);
            in_group[group]--;
            shown++;
        }
    }
    return all;
}

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

static void describe_failure(char *line, size_t size, const struct failure *failure)
{
    if (failure->requests == 0) {
        snprintf(line, size, "%" PRIu64 " message%s not asked about: %s", failure->messages,
                 plural(failure->messages), failure->text);
        return;
    }
    snprintf(line, size,
             "%" PRIu64 " request%s failed, %" PRIu64 " message%s without an answer: %s",
             failure->requests, plural(failure->requests), failure->messages,
             plural(failure->messages), failure->text);
}

void report_diagnostics(const struct report *report, diagnostic_visitor *visit, void *context)
{
    char line[ERROR_TEXT_SIZE + 128];
    if (report->error) {
        visit(context, report->error->text);
        return;
    }
    for (size_t i = 0; i < report->failures->count; i++) {
        describe_failure(line, sizeof line, &report->failures->items[i]);
        visit(context, line);
    }
    if (report->batch->invalid > 0) {
        snprintf(line, sizeof line, "%" PRIu64 " invalid record%s skipped, first: %s",
                 report->batch->invalid, plural(report->batch->invalid),
                 report->batch->first_invalid.text);
        visit(context, line);
    }
}
